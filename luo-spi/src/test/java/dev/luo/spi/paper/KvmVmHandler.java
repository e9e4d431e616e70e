// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Ioctl;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Recovery;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a virtual machine of KVM around memory that crosses by itself. The descriptor is not
 * carried: KVM ties a machine to the address space that made it, and answers EIO to everybody else.
 *
 * <p><b>Preserved</b>
 *
 * <ul>
 *   <li>the memory slots of an attached {@link GuestMemory}, each on a memfd of the same session;
 *   <li>the guest's clock, which goes on with the time that passed meanwhile.
 * </ul>
 *
 * <p><b>Not preserved</b>
 *
 * <ul>
 *   <li>interrupt controllers, timers and routes in the kernel, dirty logs, coalesced and
 *       event-driven I/O.
 * </ul>
 *
 * <p><b>Restrictions</b>
 *
 * <ul>
 *   <li>x86-64;
 *   <li>the successor asks for the machine, not for its processors alone, and keeps {@link
 *       MappedMemory} open as long as the guest lives: what nobody asks for luo closes;
 *   <li>after a crash there is no clock, so the machine is not rebuilt.
 * </ul>
 */
final class KvmVmHandler implements FileHandler<@Nullable Void> {

  /** What the successor gets beside the machine: its memory, mapped. Closing it unmaps. */
  record MappedMemory(List<Mapping> slots) implements AutoCloseable {
    @Override
    public void close() {
      slots.forEach(Mapping::close);
    }
  }

  private static final Compatible COMPATIBLE = Compatible.of("paper-kvm-vm-v1");

  @Override
  public Compatible compatible() {
    return COMPATIBLE;
  }

  @Override
  public boolean canPreserve(Fd file) {
    try {
      return file.target().equals("anon_inode:kvm-vm");
    } catch (LinuxException notOpen) {
      return false;
    }
  }

  @Override
  public Preserved<@Nullable Void> preserve(OutgoingContext context) throws LuoException {
    GuestMemory memory =
        context
            .attachment(GuestMemory.class)
            .orElseThrow(() ->
                new HandlerException(
                    "memory slots cannot be listed: attach a GuestMemory",
                    Errno.EINVAL,
                    Recovery.FIX_ARGUMENTS));
    List<KvmVmRecord.Region> regions = new ArrayList<>();
    for (GuestMemory.Region region : memory.regions()) {
      Token token = context.refer(region.memory());
      regions.add(
          new KvmVmRecord.Region(
              region.slot(),
              region.flags(),
              region.guestAddress(),
              region.byteSize(),
              token,
              region.offset()));
    }
    KvmVmRecord record = new KvmVmRecord(false, KvmVmRecord.Clock.UNKNOWN, regions);
    Handle handle = context.memory().allocate(record.byteSize());
    record.write(context.memory().map(handle));
    return Preserved.of(handle);
  }

  @Override
  public void unpreserve(PreservedContext<@Nullable Void> context) {
    // The machine was only looked at.
  }

  @Override
  public Handle freeze(FreezeContext<@Nullable Void> context) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment clock = arena.allocate(KvmVmRecord.CLOCK_BYTES, 8);
      Ioctl.call(context.file(), Kvm.GET_CLOCK, clock);
      KvmVmRecord.freeze(context.memory().map(context.handle()), clock);
    }
    return context.handle();
  }

  @Override
  public void unfreeze(PreservedContext<@Nullable Void> context, ThawCause cause) {
    KvmVmRecord.unfreeze(context.memory().map(context.handle()));
  }

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException, LinuxException {
    KvmVmRecord record = KvmVmRecord.read(context.memory().map(context.handle()));
    if (!record.frozen()) {
      throw new HandlerException(
          "the machine was never frozen: its clock is unknown", Errno.ENODATA, Recovery.START_COLD);
    }
    List<Mapping> mappings = new ArrayList<>();
    Fd machine = create();
    try {
      for (KvmVmRecord.Region region : record.regions()) {
        mappings.add(insert(machine, region, context.retrieve(region.memory()).file()));
      }
      return Restored.rebuilt(machine, "new machine on the old memory")
          .with(new MappedMemory(List.copyOf(mappings)));
    } catch (LuoException | LinuxException | RuntimeException failed) {
      machine.close();
      mappings.forEach(Mapping::close);
      throw failed;
    }
  }

  /** The clock goes last: until now it would have run while the guest stood still. */
  @Override
  public void resume(RestoredContext context) {
    try (Arena arena = Arena.ofConfined()) {
      KvmVmRecord record = KvmVmRecord.read(context.memory().map(context.handle()));
      Ioctl.call(context.restored().file(), Kvm.SET_CLOCK, record.clock().toArgument(arena));
    } catch (LuoException | LinuxException failure) {
      context.note("the guest's clock starts anew: " + failure.getMessage());
    }
  }

  @Override
  public void finish(FinishContext context) {
    // The record is luo's, machine and mappings are the embedder's.
  }

  private static Fd create() throws LinuxException {
    try (Fd kvm = Open.file("/dev/kvm", OpenFlag.READ_WRITE)) {
      return Fd.adopt(Ioctl.call(kvm, Kvm.CREATE_VM));
    }
  }

  private static Mapping insert(Fd machine, KvmVmRecord.Region region, Fd memory)
      throws LuoException, LinuxException {
    if (region.offset() + region.byteSize() > FileIo.size(memory)) {
      throw new CorruptRecordException(
          "memory slot " + region.slot() + " reaches beyond the end of " + memory.describe());
    }
    Mapping mapping = Mapping.map(memory, region.offset(), region.byteSize());
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argument = arena.allocate(32, 8);
      argument.set(RecordWriter.U32, 0, region.slot());
      argument.set(RecordWriter.U32, 4, region.flags());
      argument.set(RecordWriter.U64, 8, region.guestAddress());
      argument.set(RecordWriter.U64, 16, region.byteSize());
      argument.set(RecordWriter.U64, 24, mapping.segment().address());
      Ioctl.call(machine, Kvm.SET_USER_MEMORY_REGION, argument);
      return mapping;
    } catch (LinuxException | RuntimeException refused) {
      mapping.close();
      throw refused;
    }
  }
}
