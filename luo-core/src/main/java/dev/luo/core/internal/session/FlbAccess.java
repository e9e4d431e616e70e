// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.FlbReference;
import dev.luo.core.NoSharedStateException;
import dev.luo.core.internal.flb.CountedReference;
import dev.luo.core.internal.flb.OutgoingFlb;
import dev.luo.core.internal.flb.OutgoingFlbs;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Live objects of FLBs for anybody but handlers. What would change an outgoing count waits while an
 * update is under way: the count is written then, and no FLB is called (LUO-FLB-36). Thread-safe.
 */
@Singleton
public final class FlbAccess {

  private final Gate gate;
  private final OutgoingFlbs outgoing;
  private final Optional<Incoming> incoming;

  @Inject
  FlbAccess(Gate gate, OutgoingFlbs outgoing, Optional<Incoming> incoming) {
    this.gate = gate;
    this.outgoing = outgoing;
    this.incoming = incoming;
  }

  /**
   * Refers to an outgoing one.
   *
   * @throws NoSharedStateException if it is not preserved (LUO-FLB-18)
   */
  public <T> FlbReference<T> outgoing(FileLifecycleBound<T> flb) throws LuoException {
    return gate.pass(() -> {
      OutgoingFlb<T> state = outgoing.refer(flb);
      return new CountedReference<>(
          state.live(), () -> gate.passQuietly(() -> outgoing.giveBack(state)));
    });
  }

  /**
   * Refers to an incoming one.
   *
   * @throws LuoException if it did not come, is finished, or cannot be retrieved
   */
  public <T> FlbReference<T> incoming(FileLifecycleBound<T> flb) throws LuoException {
    Incoming came =
        incoming.orElseThrow(() -> NoSharedStateException.nothingCame(flb.compatible()));
    return new CountedReference<>(came.flbs().refer(flb), () -> came.flbs().giveBack(flb));
  }

  /** Gives up what is referred to and no file stands on, as nobody can reach it any more. */
  public void close() {
    gate.passQuietly(outgoing::close);
  }
}
