// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.internal.callback.CallObserver;
import dev.luo.core.internal.callback.CallUnderWay;
import dev.luo.core.internal.callback.FileName;
import dev.luo.spi.Token;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long handlers took, apart for what leaves this process and for what came to it. */
@Singleton
public final class CallTimes implements CallObserver {

  private final HandlerTimes outgoing = new HandlerTimes();
  private final HandlerTimes incoming = new HandlerTimes();

  @Inject
  CallTimes() {}

  @Override
  public void ended(CallUnderWay call, long durationNanos, @Nullable Throwable failure) {
    Optional<FileName> file = call.subject().file();
    of(call.step())
        .add(
            call.subject().compatible(),
            call.step().operation(),
            file.map(FileName::session).orElse(""),
            file.map(FileName::token).orElse(Token.of(0)),
            durationNanos);
  }

  private HandlerTimes of(Step step) {
    return switch (step) {
      case CAN_PRESERVE, PRESERVE, UNPRESERVE, FREEZE, UNFREEZE -> outgoing;
      case RETRIEVE, RESUME, VERIFY, CAN_FINISH, FINISH -> incoming;
    };
  }

  /** Returns those of calls for files that are to cross. */
  HandlerTimes outgoing() {
    return outgoing;
  }

  /** Returns those of calls for files that were handed over. */
  public HandlerTimes incoming() {
    return incoming;
  }
}
