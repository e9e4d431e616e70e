// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static dev.luo.spi.paper.RecordWriter.U16;
import static dev.luo.spi.paper.RecordWriter.U32;
import static dev.luo.spi.paper.RecordWriter.U64;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Ioctl;
import dev.luo.linux.LinuxException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Requests of {@code linux/vfio.h} on a PCI device, and its configuration space. */
final class Vfio {

  static final int COMMAND_MEMORY = 2;
  static final int COMMAND_BUS_MASTER = 4;

  private static final int FLAG_PCI = 2;

  private static final int GET_INFO = 0x3B6B;
  private static final int GET_REGION_INFO = 0x3B6C;
  private static final int GET_IRQ_INFO = 0x3B6D;
  private static final int SET_IRQS = 0x3B6E;
  private static final int BIND_IOMMUFD = 0x3B76;
  private static final int ATTACH_IOMMUFD_PT = 0x3B77;

  private static final int IRQS_ARM = 0x24; // eventfds, trigger
  private static final int IRQS_SIGNAL = 0x21; // no data, trigger; of none: disable the index
  private static final int IRQS_HEADER_BYTES = 20;

  private static final long CONFIG_OFFSET = 7L << 40;
  private static final int VENDOR = 0;
  private static final int COMMAND = 4;
  private static final int REVISION_AND_CLASS = 8;
  private static final int SUBSYSTEM = 0x2C;

  private Vfio() {}

  /** What makes a device the same device, behind its address. */
  record Identity(int vendorAndDevice, int revisionAndClass, int subsystem) {}

  /** A region or interrupt index: what the device has of it. */
  record Region(int index, int flags, long byteSize, long offset) {}

  /** An interrupt index. */
  record Irq(int index, int flags, int count) {}

  /** What the device has. */
  record Inventory(int flags, List<Region> regions, List<Irq> irqs) {
    boolean isPci() {
      return (flags & FLAG_PCI) != 0;
    }
  }

  /** Asks for all tables. EINVAL: not bound to an iommufd. */
  static Inventory inventory(Fd device) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = argument(arena, 24);
      Ioctl.call(device, GET_INFO, info);
      List<Region> regions = new ArrayList<>();
      for (int index = 0; index < info.get(U32, 8); index++) {
        MemorySegment region = argument(arena, 32);
        region.set(U32, 8, index);
        if (exists(device, GET_REGION_INFO, region)) {
          regions.add(
              new Region(index, region.get(U32, 4), region.get(U64, 16), region.get(U64, 24)));
        }
      }
      List<Irq> irqs = new ArrayList<>();
      for (int index = 0; index < info.get(U32, 12); index++) {
        MemorySegment irq = argument(arena, 16);
        irq.set(U32, 8, index);
        if (exists(device, GET_IRQ_INFO, irq)) {
          irqs.add(new Irq(index, irq.get(U32, 4), irq.get(U32, 12)));
        }
      }
      return new Inventory(info.get(U32, 4), List.copyOf(regions), List.copyOf(irqs));
    }
  }

  /** An index within the count may still be absent, as VGA nearly always is. */
  private static boolean exists(Fd device, int request, MemorySegment argument)
      throws LinuxException {
    try {
      Ioctl.call(device, request, argument);
      return true;
    } catch (LinuxException failure) {
      if (failure.errno().equals(Errno.EINVAL)) {
        return false;
      }
      throw failure;
    }
  }

  static Identity identity(Fd device) throws IOException {
    return new Identity(
        config(device, VENDOR, 4),
        config(device, REVISION_AND_CLASS, 4),
        config(device, SUBSYSTEM, 4));
  }

  /** Answers false for a device that is gone: then every register reads as ones. */
  static boolean answers(Fd device) throws IOException {
    return config(device, VENDOR, 2) != 0xffff;
  }

  static int command(Fd device) throws IOException {
    return config(device, COMMAND, 2);
  }

  static void command(Fd device, int value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment register = arena.allocate(2, 8);
      register.set(U16, 0, (short) value);
      FileIo.pwriteFully(device, register, CONFIG_OFFSET + COMMAND);
    }
  }

  private static int config(Fd device, int register, int width) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(4, 8);
      FileIo.preadFully(device, value.asSlice(0, width), CONFIG_OFFSET + register);
      return value.get(U32, 0);
    }
  }

  /**
   * Gives an index its eventfds, for the vectors from 0. The kernel disarms first: never try twice.
   */
  static void arm(Fd device, int index, List<Fd> eventFds) throws LinuxException {
    int byteSize = IRQS_HEADER_BYTES + Integer.BYTES * eventFds.size();
    List<Fd.Hold> holds = eventFds.stream().map(Fd::hold).toList();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argument = irqs(arena, byteSize, IRQS_ARM, index, eventFds.size());
      for (int i = 0; i < holds.size(); i++) {
        argument.set(U32, IRQS_HEADER_BYTES + (long) i * Integer.BYTES, holds.get(i).number());
      }
      Ioctl.call(device, SET_IRQS, argument);
    } finally {
      holds.forEach(Fd.Hold::close);
    }
  }

  /** Makes the vectors from 0 fire once, in place of those lost while they were not armed. */
  static void signal(Fd device, int index, int count) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      Ioctl.call(device, SET_IRQS, irqs(arena, IRQS_HEADER_BYTES, IRQS_SIGNAL, index, count));
    }
  }

  static void disarm(Fd device, int index) throws LinuxException {
    signal(device, index, 0);
  }

  /** Binds a device, which resets it where it can be reset. */
  static void bind(Fd device, Fd iommufd) throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = iommufd.hold()) {
      MemorySegment argument = argument(arena, 16);
      argument.set(U32, 8, held.number());
      Ioctl.call(device, BIND_IOMMUFD, argument);
    }
  }

  static void attach(Fd device, int addressSpace) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argument = argument(arena, 12);
      argument.set(U32, 8, addressSpace);
      Ioctl.call(device, ATTACH_IOMMUFD_PT, argument);
    }
  }

  private static MemorySegment irqs(Arena arena, int byteSize, int flags, int index, int count) {
    MemorySegment argument = argument(arena, byteSize);
    argument.set(U32, 4, flags);
    argument.set(U32, 8, index);
    argument.set(U32, 16, count);
    return argument;
  }

  private static MemorySegment argument(Arena arena, int byteSize) {
    MemorySegment argument = arena.allocate(byteSize, 8);
    argument.set(U32, 0, byteSize);
    return argument;
  }
}
