// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.FileIo;
import dev.luo.linux.FileStatus;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.linux.StatusFlags;
import dev.luo.spi.Boundary;
import dev.luo.spi.CannotCarryException;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.Slot;
import dev.luo.spi.ThawCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries a memfd over processes, stores and kernels.
 *
 * <p><b>Preserved</b>
 *
 * <ul>
 *   <li>where the memfd itself crosses: everything over a process; over a kernel bytes, size,
 *       position, seals, mode, {@code O_APPEND} and {@code O_NONBLOCK};
 *   <li>where it does not (huge pages over a kernel): the same of a copy of at most {@value
 *       #MOST_COPIED} bytes, taken at preserve and again at freeze.
 * </ul>
 *
 * <p><b>Not preserved</b> over a kernel, and named in the note of a {@code DEGRADED} result
 *
 * <ul>
 *   <li>the name, which nobody can give back; a read-only access mode; seals the kernel dropped
 *       behind its own seal against sealing.
 * </ul>
 *
 * <p><b>Restrictions</b>
 *
 * <ul>
 *   <li>a copied memfd must keep its size while it is preserved;
 *   <li>after a crash a copy, and its position, are as old as preserve.
 * </ul>
 */
final class MemfdHandler implements FileHandler<MemfdRecord> {

  static final int MOST_COPIED = 4 << 20;

  private static final Compatible COMPATIBLE = Compatible.of("paper-memfd-v1");

  @Override
  public Compatible compatible() {
    return COMPATIBLE;
  }

  @Override
  public IdentityScope identityScope() {
    return IdentityScope.INODE;
  }

  /**
   * Asks for seals and links: one that a kernel gave back has lost the name that {@code /proc}
   * shows.
   */
  @Override
  public boolean canPreserve(Fd file) {
    try {
      return Memfd.seals(file).bits() >= 0 && FileStatus.of(file).links() == 0;
    } catch (LinuxException noMemfd) {
      return false;
    }
  }

  @Override
  public Preserved<MemfdRecord> preserve(OutgoingContext context) throws LuoException, IOException {
    Optional<Slot> slot;
    Handle copy = Handle.NONE;
    try {
      slot = Optional.of(context.carry(context.file()));
    } catch (CannotCarryException notEverywhere) {
      slot = context.tryCarry(context.file());
      copy = copy(context, notEverywhere);
    }
    MemfdRecord record = describe(context.file(), false, slot, copy);
    Handle handle = context.memory().allocate(record.recordSize());
    record.write(context.memory().map(handle));
    return new Preserved<>(handle, record);
  }

  @Override
  public void unpreserve(PreservedContext<MemfdRecord> context) {
    // Nothing outside of luo was touched.
  }

  @Override
  public Handle freeze(FreezeContext<MemfdRecord> context) throws LuoException, IOException {
    MemfdRecord preserved = context.runtime();
    MemfdRecord now = describe(context.file(), true, preserved.slot(), preserved.copy());
    if (!now.copy().equals(Handle.NONE)) {
      if (now.byteSize() != preserved.byteSize()) {
        throw new HandlerException(
            "copied memfd has " + now.byteSize() + " bytes, had " + preserved.byteSize(),
            Errno.EBUSY);
      }
      FileIo.preadFully(context.file(), context.memory().map(now.copy()), 0);
    }
    // The name never changes, so the record fits its old place, and from here on nothing can fail.
    now.write(context.memory().map(context.handle()));
    return context.handle();
  }

  @Override
  public void unfreeze(PreservedContext<MemfdRecord> context, ThawCause cause) {
    MemfdRecord.unfreeze(context.memory().map(context.handle()));
  }

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException, IOException {
    MemfdRecord record = MemfdRecord.read(context.memory().map(context.handle()));
    List<String> lost = new ArrayList<>();
    Optional<Slot> slot = record.slot();
    Optional<Fd> crossed = slot.isPresent() ? context.tryBorrow(slot.get()) : Optional.empty();
    if (crossed.isEmpty()) {
      return rebuild(context, record, lost);
    }
    Fd memfd = crossed.get();
    if (!canPreserve(memfd)) {
      throw new CorruptRecordException("carried descriptor is no memfd: " + memfd.describe());
    }
    if (record.frozen() && FileIo.size(memfd) != record.byteSize()) {
      throw new CorruptRecordException(
          "memfd has " + FileIo.size(memfd) + " bytes, record " + record.byteSize());
    }
    if (context.boundary() == Boundary.PROCESS) {
      // The open file description itself: it never lost anything, not even in a crash.
      return Restored.live(memfd);
    }
    restoreAttributes(memfd, record, lost);
    return result(memfd, lost);
  }

  @Override
  public void finish(FinishContext context) {
    // Nothing was made that outlives retrieve.
  }

  /** Makes what is handed over where the memfd itself does not arrive. */
  private static Handle copy(OutgoingContext context, CannotCarryException reason)
      throws LuoException, IOException {
    long byteSize = FileIo.size(context.file());
    if (byteSize == 0) {
      return Handle.NONE;
    }
    if (byteSize > MOST_COPIED) {
      throw new HandlerException(
          "memfd of " + byteSize + " bytes cannot cross everywhere and is too large to copy",
          Errno.EFBIG,
          reason.recovery(),
          reason);
    }
    Handle copy = context.memory().allocate(byteSize, Integrity.UNCHECKED);
    FileIo.preadFully(context.file(), context.memory().map(copy), 0);
    return copy;
  }

  private static Restored rebuild(IncomingContext context, MemfdRecord record, List<String> lost)
      throws LuoException, IOException {
    if (!record.frozen()) {
      lost.add("bytes and position are those of preserve");
    }
    Fd made = Memfd.create(record.name(), MemfdFlag.ALLOW_SEALING);
    try {
      if (record.byteSize() > 0) {
        var bytes = context.memory().map(record.copy());
        if (bytes.byteSize() != record.byteSize()) {
          throw new CorruptRecordException(
              "copy has " + bytes.byteSize() + " bytes, record " + record.byteSize());
        }
        FileIo.pwriteFully(made, bytes, 0);
      }
      restoreAttributes(made, record, lost);
      return result(made, lost);
    } catch (LuoException | IOException | RuntimeException failed) {
      made.close();
      throw failed;
    }
  }

  private static Restored result(Fd memfd, List<String> lost) {
    return lost.isEmpty()
        ? Restored.rebuilt(memfd, "new memfd with the old bytes")
        : Restored.degraded(memfd, String.join("; ", lost));
  }

  /** Gives back what a new memfd lacks; what cannot be given back is added to the list. */
  private static void restoreAttributes(Fd memfd, MemfdRecord record, List<String> lost)
      throws IOException {
    MemfdRecord found = describe(memfd, false, Optional.empty(), Handle.NONE);
    FileIo.position(memfd, record.position());
    if (!found.name().equals(record.name())) {
      lost.add("name \"" + record.name() + "\" is lost");
    }
    StatusFlags wanted = new StatusFlags(record.statusFlags());
    StatusFlags flags = new StatusFlags(found.statusFlags());
    for (OpenFlag flag : List.of(OpenFlag.APPEND, OpenFlag.NON_BLOCKING)) {
      flags = wanted.isSet(flag) ? flags.with(flag) : flags.without(flag);
    }
    memfd.statusFlags(flags);
    if (flags.isWritable() && !wanted.isWritable()) {
      lost.add("was open read-only, is writable");
    }
    SealSet seals = new SealSet(found.seals());
    if (found.permissions() != record.permissions()) {
      if (seals.contains(Seal.EXEC)) {
        lost.add("mode is " + octal(found.permissions()) + ", was " + octal(record.permissions()));
      } else {
        Files.setAttribute(
            Path.of("/proc/self/fd", Integer.toString(memfd.number())),
            "unix:mode",
            record.permissions());
      }
    }
    // Last: they may forbid everything above.
    int missing = record.seals() & ~found.seals();
    if (missing != 0) {
      if (seals.contains(Seal.SEAL)) {
        lost.add("seals " + new SealSet(missing) + " are lost");
      } else {
        Memfd.addSeals(memfd, new SealSet(missing));
      }
    }
  }

  private static MemfdRecord describe(Fd file, boolean frozen, Optional<Slot> slot, Handle copy)
      throws LinuxException {
    FileStatus status = FileStatus.of(file);
    return new MemfdRecord(
        frozen,
        slot,
        copy,
        status.byteSize(),
        FileIo.position(file),
        Memfd.seals(file).bits(),
        status.permissions(),
        file.statusFlags().bits(),
        file.kind() == FdKind.MEMFD ? Memfd.name(file) : "");
  }

  private static String octal(int mode) {
    return "0" + Integer.toOctalString(mode);
  }
}
