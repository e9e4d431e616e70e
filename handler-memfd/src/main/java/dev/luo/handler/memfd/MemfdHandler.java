// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.spi.Boundary;
import dev.luo.spi.CannotCarryException;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.IncomingRecord;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Slot;
import dev.luo.spi.StagingContext;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Carries memfds and other nameless shared memory. The memory itself crosses, whatever its size;
 * nothing is copied.
 *
 * <p><b>Preserved</b>
 *
 * <ul>
 *   <li>over the process boundary everything, since the open file description itself is handed
 *       over: bytes, holes, size, position, seals, mode, name, flags, huge pages;
 *   <li>over the kernel boundary bytes, size, position, seals, mode, access mode and status flags.
 * </ul>
 *
 * <p><b>Not preserved</b>
 *
 * <ul>
 *   <li>mappings, and descriptions of the same memory that were opened apart;
 *   <li>over the kernel boundary also name, owner, times, inode number, locks, memory policy, and
 *       the holes, which are filled.
 * </ul>
 *
 * <p><b>Restrictions</b>
 *
 * <ul>
 *   <li>huge pages, and memory with {@link Seal#EXEC} that is not sealed against writing, cannot
 *       cross a kernel: the kernel refuses the former, and would hand the latter back unwritable;
 *   <li>seals that are not known here are refused.
 * </ul>
 *
 * <p>{@code docs/handlers/memfd.md} has the details, and the record byte for byte. The handler has
 * no state; nothing it does has to be undone.
 *
 * @see <a
 *     href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/mm/memfd_luo.c">Linux,
 *     memfd_luo.c</a>
 */
public final class MemfdHandler implements FileHandler<@Nullable Void> {

  private static final Compatible COMPATIBLE = Compatible.of("memfd-user-v1");

  /** Creates the handler, as the service loader does. */
  public MemfdHandler() {}

  @Override
  public Compatible compatible() {
    return COMPATIBLE;
  }

  /** {@return the inode: a second opening of a memory has the same bytes} */
  @Override
  public IdentityScope identityScope() {
    return IdentityScope.INODE;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Takes what answers {@code F_GET_SEALS} and has no link. Not the name: a memfd that came
   * through a kernel has none.
   */
  @Override
  public boolean canPreserve(Fd file) {
    return MemfdState.isNamelessMemory(file);
  }

  @Override
  public Preserved<@Nullable Void> preserve(OutgoingContext context)
      throws LuoException, IOException {
    Fd file = context.file();
    MemfdState state = MemfdState.of(file);
    MemfdState.requireKnown(state.seals());
    long hugePageSize = HugePages.sizeFor(file);
    if (context.crossings().contains(Crossing.KERNEL)) {
      requireFitForKernel(state, hugePageSize);
    }
    Slot slot = context.carry(file);
    MemfdRecord record =
        new MemfdRecord(
            state.identity(),
            hugePageSize,
            state.seals(),
            state.mode(),
            state.statusFlags(),
            state.byteSize(),
            slot,
            MemfdState.nameOf(file));
    Handle handle = context.memory().allocate(record.encodedBytes());
    record.encode(context.memory().map(handle));
    return Preserved.of(handle);
  }

  private static void requireFitForKernel(MemfdState state, long hugePageSize)
      throws CannotCarryException {
    if (hugePageSize != 0) {
      throw new CannotCarryException(
          "the kernel does not hand over memory of huge pages (" + hugePageSize + " bytes each)",
          Crossing.KERNEL,
          Errno.ENOENT,
          null);
    }
    // The kernel makes the new file with mode 0777 before it seals it, and sealing the execute bits
    // of a file that has
    // them seals it against writing, growing and shrinking as well.
    SealSet seals = state.seals();
    if (seals.contains(Seal.EXEC) && !seals.contains(Seal.WRITE)) {
      throw new CannotCarryException(
          "memory sealed with "
              + seals
              + " would come back from the kernel executable and sealed against writing;"
              + " create it without MFD_NOEXEC_SEAL",
          Crossing.KERNEL,
          Errno.EOPNOTSUPP,
          null);
    }
  }

  @Override
  public void unpreserve(PreservedContext<@Nullable Void> context) {
    // Nothing but the record and the carried descriptor came about, and those are luo's to release.
  }

  /**
   * {@inheritDoc}
   *
   * <p>Writes position, size, seals, mode and flags into the record, in place.
   */
  @Override
  public Handle freeze(FreezeContext<@Nullable Void> context) throws LuoException, IOException {
    MemfdState state = MemfdState.of(context.file());
    MemfdState.requireKnown(state.seals());
    FrozenPart.of(state).encode(context.memory().map(context.handle()));
    return context.handle();
  }

  /**
   * {@inheritDoc}
   *
   * <p>Checks what will not change any more.
   *
   * @return the first part of the record, which says no more than that system calls have been made
   *     in this process
   */
  @Override
  public Object stage(StagingContext context) throws LuoException, IOException {
    MemfdRecord record = MemfdRecord.decode(context.memory().map(context.handle()));
    MemfdState state = MemfdState.of(context.borrow(record.slot()));
    Checks.sameMemory(record, state.identity());
    Checks.unalterable(record, state);
    Checks.sealed(record.seals(), state.seals());
    return record;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Over the process boundary, makes no system call through the foreign linker unless {@code
   * stage} has: after an exec the linker is not up yet, and the first access must not wait for it.
   */
  @Override
  public Restored retrieve(IncomingContext context) throws LuoException, IOException {
    MemorySegment bytes = context.memory().map(context.handle());
    MemfdRecord record = MemfdRecord.decode(bytes);
    FrozenPart frozen = frozenPart(context, bytes, record);
    Fd file = context.borrow(record.slot());
    if (context.boundary() == Boundary.KERNEL) {
      if (frozen == null) {
        throw new CorruptRecordException(
            "memfd record of a crash, from another kernel: a crashed kernel hands nothing over");
      }
      return KernelRepair.repair(file, record, frozen);
    }
    boolean linked = context.staged(MemfdRecord.class).isPresent();
    Arrival arrival = linked ? Arrival.of(file) : Arrival.ofFreshProcess(file);
    Checks.sameMemory(record, arrival.identity());
    if (frozen == null) {
      return Restored.live(file);
    }
    String deviation = Checks.deviation(frozen, arrival);
    return deviation.isEmpty() ? Restored.live(file) : Restored.degraded(file, deviation);
  }

  /** What freeze wrote; null after a crash, when nothing but the first part can be relied on. */
  private static @Nullable FrozenPart frozenPart(
      IncomingRecord context, MemorySegment bytes, MemfdRecord record) throws LuoException {
    return context.origin() == Origin.CRASH ? null : FrozenPart.decode(bytes, record);
  }

  /**
   * {@inheritDoc}
   *
   * <p>The workload may have used the memory by now: position, size and flags are no longer what
   * they were, and rightly so. What {@code retrieve} found amiss before that fails here.
   */
  @Override
  public void verify(RestoredContext context) throws LuoException, IOException {
    MemorySegment bytes = context.memory().map(context.handle());
    MemfdRecord record = MemfdRecord.decode(bytes);
    FrozenPart frozen = frozenPart(context, bytes, record);
    Restored restored = context.restored();
    MemfdState state = MemfdState.of(restored.file());
    boolean sameKernel = context.boundary() == Boundary.PROCESS;
    boolean degraded = restored.fidelity() == Fidelity.DEGRADED;
    if (sameKernel && degraded) {
      throw new HandlerException(restored.note(), Errno.EBUSY);
    }
    if (sameKernel) {
      Checks.sameMemory(record, state.identity());
      Checks.unalterable(record, state);
    }
    if (!degraded) {
      Checks.sealed(frozen == null ? record.seals() : frozen.seals(), state.seals());
    }
    if (frozen != null) {
      Checks.withinSeals(frozen, state);
    }
  }

  @Override
  public void finish(FinishContext context) {
    // The memory is either in use, by a descriptor of its own, or nobody asked for it and it goes
    // with the carried one.
  }
}
