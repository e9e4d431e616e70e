// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.Attachment;
import dev.luo.core.internal.registry.RegisteredHandler;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.Restored;
import dev.luo.spi.Token;
import java.util.Optional;

/** The context of one retrieve. Nothing was staged: exec knows no staging. */
final class RetrieveCall extends IncomingCall implements IncomingContext {

  private final Attachment attachment;

  RetrieveCall(
      IncomingFile file,
      RegisteredHandler<?> handler,
      Peers peers,
      IncomingSurroundings surroundings,
      Attachment attachment,
      Deadline deadline) {
    super(file, handler, peers, surroundings, deadline);
    this.attachment = attachment;
  }

  @Override
  public <S> Optional<S> staged(Class<S> type) {
    check();
    return Optional.empty();
  }

  @Override
  public boolean changedSinceStaging() {
    check();
    return true;
  }

  @Override
  public Restored retrieve(Token other) throws LuoException {
    IncomingFile peer = peer(other);
    peers.retrieve(peer);
    return shown(peer.restored());
  }

  @Override
  public <A> Optional<A> attachment(Class<A> type) {
    check();
    return attachment.as(type);
  }

  @Override
  public <T> T shared(FileLifecycleBound<T> flb) throws LuoException {
    checkDependency(flb);
    return surroundings.flbs().live(flb, file.name());
  }
}
