// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.internal.registry.RegisteredHandler;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FinishContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Token;
import java.util.Optional;

/**
 * The context of one resume, verify, canFinish or finish: of everything that comes after retrieve.
 */
final class SettledCall extends IncomingCall implements RestoredContext, FinishContext {

  SettledCall(
      IncomingFile file,
      RegisteredHandler<?> handler,
      Peers peers,
      IncomingSurroundings surroundings,
      Deadline deadline) {
    super(file, handler, peers, surroundings, deadline);
  }

  @Override
  public Restored restored() {
    check();
    return shown(file.restored());
  }

  @Override
  public Retrieval retrieval() {
    check();
    return shown(file.retrieval());
  }

  @Override
  public Retrieval retrievalOf(Token other) throws LuoException {
    return shown(peer(other).retrieval());
  }

  @Override
  public <T> Optional<T> shared(FileLifecycleBound<T> flb) {
    checkDependency(flb);
    return surroundings.flbs().ifRetrieved(flb);
  }
}
