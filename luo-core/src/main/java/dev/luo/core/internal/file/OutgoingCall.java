// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.DependsOnOptionalException;
import dev.luo.core.Importance;
import dev.luo.core.internal.descriptor.Call;
import dev.luo.core.internal.descriptor.CarriedDescriptors;
import dev.luo.core.internal.flb.OutgoingFlbs;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.CannotCarryException;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The context of one call to a handler in the predecessor. It can do all that a freeze can; what
 * another operation must not do, its parameter's type does not show.
 */
final class OutgoingCall<R extends @Nullable Object> extends Call implements FreezeContext<R> {

  /** What else a call may reach. */
  record Surroundings(
      Set<Crossing> crossings,
      CarriedDescriptors carried,
      IdentityMap identities,
      OutgoingFlbs flbs,
      Remarks remarks) {}

  private final OutgoingFile<R> file;
  private final Siblings siblings;
  private final Surroundings surroundings;
  private final @Nullable Crossing crossing;
  private final List<Slot> carriedNow = new ArrayList<>(1);
  private final List<Token> referredNow = new ArrayList<>(1);
  private final long memoryBefore;

  OutgoingCall(
      OutgoingFile<R> file,
      Siblings siblings,
      Surroundings surroundings,
      @Nullable Crossing crossing,
      Deadline deadline) {
    super(deadline);
    this.file = file;
    this.siblings = siblings;
    this.surroundings = surroundings;
    this.crossing = crossing;
    this.memoryBefore = file.memory.mark();
  }

  @Override
  public String session() {
    check();
    return file.name().session();
  }

  @Override
  public Token token() {
    check();
    return file.token();
  }

  @Override
  public Fd file() {
    return lend(file.fd);
  }

  @Override
  public Compatible compatible() {
    check();
    return file.name().compatible();
  }

  @Override
  public HandoverMemory memory() {
    check();
    return new Memory();
  }

  @Override
  public Set<Crossing> crossings() {
    check();
    return surroundings.crossings;
  }

  @Override
  public Slot carry(Fd fd) throws LuoException {
    check();
    Slot slot = surroundings.carried.carry(fd, file);
    file.slots.add(slot);
    carriedNow.add(slot);
    return slot;
  }

  @Override
  public Optional<Slot> tryCarry(Fd fd) throws LuoException {
    try {
      return Optional.of(carry(fd));
    } catch (CannotCarryException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Token> tokenOf(Fd fd) throws LuoException {
    check();
    try {
      return surroundings
          .identities
          .find(fd, this::isSibling)
          .map(entry -> entry.holder().name().token());
    } catch (LinuxException e) {
      throw new HandlerException(
          "cannot tell what " + fd.describe() + " is", e.errno(), Recovery.FIX_ARGUMENTS, e);
    }
  }

  /** A session that was handed over may have the same name, and files of the same tokens. */
  private boolean isSibling(IdentityMap.Holder holder) {
    return siblings.file(holder.name().token()).filter(sibling -> sibling == holder).isPresent();
  }

  @Override
  public Token refer(Fd other) throws LuoException {
    Token token =
        tokenOf(other)
            .orElseThrow(() ->
                new NoSuchTokenException(
                    other.describe()
                        + " is not preserved in session \""
                        + siblings.name()
                        + "\"; preserve it first",
                    null));
    refer(token).close();
    return token;
  }

  @Override
  public Fd refer(Token other) throws LuoException {
    check();
    if (other.equals(file.token())) {
      throw new IllegalArgumentException("a file does not refer to itself: " + other);
    }
    OutgoingFile<?> referredTo =
        siblings
            .file(other)
            .orElseThrow(() ->
                new NoSuchTokenException(
                    "session \""
                        + siblings.name()
                        + "\" has no token "
                        + other
                        + "; preserve it first",
                    other));
    if (file.importance() == Importance.MANDATORY
        && referredTo.importance() == Importance.OPTIONAL) {
      throw new DependsOnOptionalException(siblings.name(), file.token(), other);
    }
    if (file.referTo(referredTo)) {
      referredNow.add(other);
    }
    return lend(referredTo.fd);
  }

  @Override
  public <A> Optional<A> attachment(Class<A> type) {
    check();
    return file.attachment.as(type);
  }

  @Override
  public <T> T shared(FileLifecycleBound<T> flb) {
    check();
    if (!file.handler.dependsOn(flb, file.compatible())) {
      throw new IllegalArgumentException(
          file.handler.name() + " does not depend on " + flb.compatible());
    }
    return surroundings.flbs.live(flb);
  }

  @Override
  public Handle handle() {
    check();
    return file.handle();
  }

  @Override
  public R runtime() {
    check();
    return file.preserved().runtime();
  }

  @Override
  public Crossing crossing() {
    check();
    if (crossing == null) {
      throw new IllegalStateException("no crossing is under way");
    }
    return crossing;
  }

  @Override
  public void drop(Slot slot) {
    check();
    if (!file.slots.remove(slot)) {
      throw new IllegalArgumentException("not a slot of this file: " + slot);
    }
    carriedNow.remove(slot);
    surroundings.carried.drop(List.of(slot));
  }

  @Override
  public void note(String remark) {
    check();
    surroundings.remarks.add(file.name(), remark);
  }

  /** Releases what the call took, since it failed. */
  void giveBack() {
    surroundings.carried.drop(carriedNow);
    file.slots.removeAll(carriedNow);
    file.memory.releaseSince(memoryBefore);
    file.forgetReferences(referredNow, siblings);
  }

  /** The memory of the file for the length of this call. */
  private final class Memory implements HandoverMemory {

    @Override
    public Handle allocate(long byteSize, Integrity integrity) throws LuoException {
      check();
      return file.memory.allocate(byteSize, integrity);
    }

    @Override
    public MemorySegment map(Handle handle) {
      check();
      return file.memory.map(handle);
    }

    @Override
    public void free(Handle handle) {
      check();
      file.memory.free(handle);
    }
  }
}
