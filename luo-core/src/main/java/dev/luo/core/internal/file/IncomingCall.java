// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.internal.descriptor.Call;
import dev.luo.core.internal.registry.RegisteredHandler;
import dev.luo.linux.Fd;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.Handle;
import dev.luo.spi.IncomingMemory;
import dev.luo.spi.IncomingRecord;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Origin;
import dev.luo.spi.Restored;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.util.IdentityHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What every context of the successor has in common. */
abstract class IncomingCall extends Call implements IncomingRecord {

  final IncomingFile file;
  final RegisteredHandler<?> handler;
  final Peers peers;
  final IncomingSurroundings surroundings;

  /** What is behind the views that were lent. */
  private @Nullable IdentityHashMap<Fd, Fd> originals;

  IncomingCall(
      IncomingFile file,
      RegisteredHandler<?> handler,
      Peers peers,
      IncomingSurroundings surroundings,
      Deadline deadline) {
    super(deadline);
    this.file = file;
    this.handler = handler;
    this.peers = peers;
    this.surroundings = surroundings;
  }

  @Override
  public final String session() {
    return file.name().session();
  }

  @Override
  public final Token token() {
    return file.token();
  }

  @Override
  public final Compatible compatible() {
    return file.name().compatible();
  }

  @Override
  public final Handle handle() {
    return file.entry.handle();
  }

  @Override
  public final IncomingMemory memory() {
    check();
    return handle -> surroundings.image().map(handle, file.owner);
  }

  @Override
  public final Origin origin() {
    return surroundings.origin();
  }

  @Override
  public final Boundary boundary() {
    return surroundings.boundary();
  }

  @Override
  public final Fd borrow(Slot slot) throws LuoException {
    return tryBorrow(slot)
        .orElseThrow(() ->
            new CorruptRecordException("slot " + slot + " did not cross with " + file.name()));
  }

  @Override
  public final Optional<Fd> tryBorrow(Slot slot) throws LuoException {
    check();
    Optional<Fd> original = surroundings.descriptors().find(slot, file.owner);
    if (original.isEmpty()) {
      return Optional.empty();
    }
    Fd view = lend(original.get());
    if (originals == null) {
      originals = new IdentityHashMap<>(1);
    }
    originals.put(view, original.get());
    return Optional.of(view);
  }

  /** Returns luo's own descriptor behind a view that this call lent; null if it did not lend it. */
  final @Nullable Fd original(Fd view) {
    return originals == null ? null : originals.get(view);
  }

  @Override
  public final void note(String remark) {
    check();
    surroundings.remarks().add(file.name(), remark);
  }

  final void checkDependency(FileLifecycleBound<?> flb) {
    check();
    if (!handler.dependsOn(flb, compatible())) {
      throw new IllegalArgumentException(
          handler.name() + " does not depend on " + flb.compatible());
    }
  }

  final IncomingFile peer(Token other) throws NoSuchTokenException {
    check();
    return peers
        .file(other)
        .orElseThrow(() ->
            new NoSuchTokenException(
                "session \"" + peers.name() + "\" was handed over without token " + other, other));
  }

  /** Shows another file's outcome with the descriptor lent until this call ends. */
  final Retrieval shown(Retrieval retrieval) {
    return retrieval instanceof Retrieval.Retrieved retrieved
        ? new Retrieval.Retrieved(shown(retrieved.restored()))
        : retrieval;
  }

  final Restored shown(Restored restored) {
    return new Restored(
        lend(restored.file()), restored.fidelity(), restored.note(), restored.attachment());
  }
}
