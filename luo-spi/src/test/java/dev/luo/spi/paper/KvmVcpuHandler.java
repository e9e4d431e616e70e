// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.Ioctl;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Compatible;
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
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a virtual processor of KVM. Nothing of it is worth reading before the freeze, so
 * preserve only makes room.
 *
 * <p><b>Preserved</b>
 *
 * <ul>
 *   <li>registers of all kinds, extended state, pending events, run state, what CPUID tells the
 *       guest, and the model-specific registers of {@link Kvm#msrs}.
 * </ul>
 *
 * <p><b>Not preserved</b>
 *
 * <ul>
 *   <li>the local interrupt controller, nested virtualization, other model-specific registers;
 *   <li>the shared page of {@code KVM_RUN}: an exit to user space must be completed before the
 *       freeze.
 * </ul>
 *
 * <p><b>Restrictions</b>
 *
 * <ul>
 *   <li>x86-64; its machine is preserved before it in the same session;
 *   <li>after a crash there is nothing to rebuild from.
 * </ul>
 */
final class KvmVcpuHandler implements FileHandler<@Nullable Void> {

  /** What only the embedder knows: KVM does not tell which machine a processor belongs to. */
  record Place(Fd machine, int number) {}

  private static final Compatible COMPATIBLE = Compatible.of("paper-kvm-vcpu-v1");

  @Override
  public Compatible compatible() {
    return COMPATIBLE;
  }

  @Override
  public boolean canPreserve(Fd file) {
    try {
      return file.target().startsWith("anon_inode:kvm-vcpu:");
    } catch (LinuxException notOpen) {
      return false;
    }
  }

  @Override
  public Preserved<@Nullable Void> preserve(OutgoingContext context)
      throws LuoException, LinuxException {
    Place place =
        context
            .attachment(Place.class)
            .orElseThrow(() ->
                new HandlerException(
                    "KVM does not tell the machine of a processor: attach a Place",
                    Errno.EINVAL,
                    Recovery.FIX_ARGUMENTS));
    if (!context.file().target().equals("anon_inode:kvm-vcpu:" + place.number())) {
      throw new HandlerException(
          context.file().describe() + " is not processor " + place.number(),
          Errno.EINVAL,
          Recovery.FIX_ARGUMENTS);
    }
    Token machine = context.refer(place.machine());
    int extended = Ioctl.call(place.machine(), Kvm.CHECK_EXTENSION, Kvm.CAP_XSAVE2);
    int xsaveBytes = Math.max(KvmVcpuRecord.LEAST_XSAVE_BYTES, extended);
    int cpuidEntries = countCpuid(context.file());
    Handle handle = context.memory().allocate(KvmVcpuRecord.byteSize(cpuidEntries, xsaveBytes));
    KvmVcpuRecord.create(
        context.memory().map(handle), machine, place.number(), cpuidEntries, xsaveBytes);
    return Preserved.of(handle);
  }

  @Override
  public void unpreserve(PreservedContext<@Nullable Void> context) {
    // The processor was only looked at.
  }

  @Override
  public Handle freeze(FreezeContext<@Nullable Void> context) throws LuoException, LinuxException {
    KvmVcpuRecord record = KvmVcpuRecord.read(context.memory().map(context.handle()));
    Fd processor = context.file();
    Ioctl.call(processor, Kvm.GET_CPUID2, record.cpuid());
    for (Kvm.State state : Kvm.State.values()) {
      Ioctl.call(processor, state.get(), record.state(state));
    }
    boolean extended = record.xsave().byteSize() > KvmVcpuRecord.LEAST_XSAVE_BYTES;
    Ioctl.call(processor, extended ? Kvm.GET_XSAVE2 : Kvm.GET_XSAVE, record.xsave());
    expectAll(Ioctl.call(processor, Kvm.GET_MSRS, record.msrs()), "read");
    record.freeze();
    return context.handle();
  }

  @Override
  public void unfreeze(PreservedContext<@Nullable Void> context, ThawCause cause) {
    // The processor runs on: what was read is the past, and must not look complete after a crash.
    KvmVcpuRecord.unfreeze(context.memory().map(context.handle()));
  }

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException, LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment crossed = context.memory().map(context.handle());
      MemorySegment bytes = arena.allocate(crossed.byteSize(), 8).copyFrom(crossed);
      KvmVcpuRecord record = KvmVcpuRecord.read(bytes);
      if (!record.frozen()) {
        throw new HandlerException(
            "the processor was never frozen: its registers are lost",
            Errno.ENODATA,
            Recovery.START_COLD);
      }
      Fd machine = context.retrieve(record.machine()).file();
      Fd processor = Fd.adopt(Ioctl.call(machine, Kvm.CREATE_VCPU, record.number()));
      try {
        fill(processor, record);
        return Restored.rebuilt(processor, "new processor with the old state");
      } catch (LuoException | LinuxException | RuntimeException failed) {
        processor.close();
        throw failed;
      }
    }
  }

  @Override
  public void finish(FinishContext context) {
    // The record is luo's, the processor the embedder's.
  }

  /** CPUID first: it decides which bits the others may have. Registers of the model last. */
  private static void fill(Fd processor, KvmVcpuRecord record) throws LuoException, LinuxException {
    Ioctl.call(processor, Kvm.SET_CPUID2, record.cpuid());
    for (Kvm.State state : Kvm.State.values()) {
      Ioctl.call(processor, state.set(), record.state(state));
    }
    Ioctl.call(processor, Kvm.SET_XSAVE, record.xsave());
    expectAll(Ioctl.call(processor, Kvm.SET_MSRS, record.msrs()), "set");
  }

  /** KVM stops at the first register that it refuses, and answers how many came before. */
  private static void expectAll(int done, String what) throws HandlerException {
    int[] all = Kvm.msrs();
    if (done != all.length) {
      throw new HandlerException(
          "model-specific register 0x" + Integer.toHexString(all[done]) + " cannot be " + what,
          Errno.EIO);
    }
  }

  private static int countCpuid(Fd processor) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment cpuid =
          arena.allocate(
              KvmVcpuRecord.CPUID_HEADER_BYTES
                  + (long) KvmVcpuRecord.CPUID_ENTRY_BYTES * KvmVcpuRecord.MOST_CPUID_ENTRIES,
              8);
      cpuid.set(RecordWriter.U32, 0, KvmVcpuRecord.MOST_CPUID_ENTRIES);
      Ioctl.call(processor, Kvm.GET_CPUID2, cpuid);
      return cpuid.get(RecordWriter.U32, 0);
    }
  }
}
