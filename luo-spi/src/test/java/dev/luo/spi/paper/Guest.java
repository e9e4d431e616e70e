// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Ioctl;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A guest of one processor that counts in its register AX, once each time it is run.
 *
 * @param mapping keeps the guest's memory where KVM looks for it
 */
record Guest(Fd memory, Fd machine, Fd processor, Mapping mapping) implements AutoCloseable {

  private static final long BYTES = 16 * 4096;
  private static final long CODE = 0x1000;

  /** Real mode: increment, halt, and again. */
  private static final byte[] PROGRAM = {0x40, (byte) 0xF4, 0x40, (byte) 0xF4};

  private static final int RUN = 0xAE80;
  private static final long AX = 0;
  private static final long IP = 16 * 8;
  private static final long FLAGS = 17 * 8;
  private static final long CODE_BASE = 0;
  private static final long CODE_SELECTOR = 12;

  /** Starts a guest whose counter is at the number. */
  static Guest create(int counter) throws IOException {
    try (Fd kvm = Open.file("/dev/kvm", OpenFlag.READ_WRITE);
        Arena arena = Arena.ofConfined()) {
      Fd memory = Memfd.create("guest");
      FileIo.truncate(memory, BYTES);
      FileIo.pwriteFully(memory, arena.allocateFrom(ValueLayout.JAVA_BYTE, PROGRAM), CODE);
      Fd machine = Fd.adopt(Ioctl.call(kvm, Kvm.CREATE_VM));
      Fd processor = Fd.adopt(Ioctl.call(machine, Kvm.CREATE_VCPU));
      Mapping mapping = Mapping.map(memory, BYTES);
      Guest guest = new Guest(memory, machine, processor, mapping);
      guest.insertMemory(arena);
      guest.reset(arena, counter);
      return guest;
    }
  }

  GuestMemory layout() {
    return new GuestMemory(List.of(new GuestMemory.Region(0, 0, 0, BYTES, memory, 0)));
  }

  /** Lets a processor run until it halts, and returns its counter. */
  static long run(Fd processor) throws LinuxException {
    Ioctl.call(processor, RUN);
    try (Arena arena = Arena.ofConfined()) {
      return registers(arena, processor, Kvm.State.REGS).get(RecordWriter.U64, AX);
    }
  }

  private void insertMemory(Arena arena) throws LinuxException {
    MemorySegment region = arena.allocate(32, 8);
    region.set(RecordWriter.U64, 16, BYTES);
    region.set(RecordWriter.U64, 24, mapping.segment().address());
    Ioctl.call(machine, Kvm.SET_USER_MEMORY_REGION, region);
  }

  private void reset(Arena arena, int counter) throws LinuxException {
    MemorySegment special = registers(arena, processor, Kvm.State.SREGS);
    special.set(RecordWriter.U64, CODE_BASE, 0);
    special.set(RecordWriter.U16, CODE_SELECTOR, (short) 0);
    Ioctl.call(processor, Kvm.State.SREGS.set(), special);
    MemorySegment general = registers(arena, processor, Kvm.State.REGS);
    general.set(RecordWriter.U64, AX, counter);
    general.set(RecordWriter.U64, IP, CODE);
    general.set(RecordWriter.U64, FLAGS, 2);
    Ioctl.call(processor, Kvm.State.REGS.set(), general);
  }

  private static MemorySegment registers(Arena arena, Fd processor, Kvm.State state)
      throws LinuxException {
    MemorySegment registers = arena.allocate(state.byteSize(), 8);
    Ioctl.call(processor, state.get(), registers);
    return registers;
  }

  @Override
  public void close() {
    processor.close();
    machine.close();
    mapping.close();
    memory.close();
  }
}
