// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static dev.luo.spi.paper.RecordWriter.U16;
import static dev.luo.spi.paper.RecordWriter.U32;
import static dev.luo.spi.paper.RecordWriter.U64;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileStatus;
import dev.luo.linux.Ioctl;
import dev.luo.linux.LinuxException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Requests of {@code linux/iommufd.h}; every structure begins with its own size. */
final class Iommu {

  static final int WRITEABLE = 2;
  static final int READABLE = 4;

  private static final int FIXED_IOVA = 1;

  private static final int DESTROY = 0x3B80;
  private static final int IOAS_ALLOC = 0x3B81;
  private static final int IOAS_COPY = 0x3B83;
  private static final int OPTION = 0x3B87;
  private static final int IOAS_MAP_FILE = 0x3B8F;
  private static final int IOAS_CHANGE_PROCESS = 0x3B92;

  private static final int OPTION_RLIMIT_MODE = 0;
  private static final int OPTION_HUGE_PAGES = 1;
  private static final short SET = 0;
  private static final short GET = 1;

  private static final int MISC_MAJOR = 10;

  private Iommu() {}

  /** Answers by device number first: the requests of other kinds of file have the same codes. */
  static boolean isContext(Fd file) {
    try {
      FileStatus status = FileStatus.of(file);
      if ((status.deviceNumber() >>> 8 & 0xfff) != MISC_MAJOR) {
        return false;
      }
      rlimitMode(file);
      return true;
    } catch (LinuxException noContext) {
      return false;
    }
  }

  /** Returns 0 if pinned pages are charged to the user, 1 if to the process. */
  static int rlimitMode(Fd context) throws LinuxException {
    return option(context, OPTION_RLIMIT_MODE, GET, 0, 0);
  }

  /** Decides who is charged; possible only while the context has no objects. */
  static void rlimitMode(Fd context, int mode) throws LinuxException {
    option(context, OPTION_RLIMIT_MODE, SET, 0, mode);
  }

  /** Answers whether an id names an address space. It is how they are found: nothing lists them. */
  static boolean isAddressSpace(Fd context, int id) throws LinuxException {
    try {
      option(context, OPTION_HUGE_PAGES, GET, id, 0);
      return true;
    } catch (LinuxException failure) {
      if (failure.errno().equals(Errno.ENOENT)) {
        return false;
      }
      throw failure;
    }
  }

  static int allocateAddressSpace(Fd context) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argument = argument(arena, 12);
      Ioctl.call(context, IOAS_ALLOC, argument);
      return argument.get(U32, 8);
    }
  }

  static void destroy(Fd context, int id) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argument = argument(arena, 8);
      argument.set(U32, 4, id);
      Ioctl.call(context, DESTROY, argument);
    }
  }

  /**
   * Asks whether a range is mapped with these rights, by copying it into an address space without
   * devices, which pins nothing. ENOENT: not or not wholly mapped. EPERM: not writable.
   */
  static void probe(Fd context, IommufdRecord.Mapping mapping) throws LinuxException {
    int scratch = allocateAddressSpace(context);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argument = argument(arena, 40);
      argument.set(U32, 4, mapping.rights() | FIXED_IOVA);
      argument.set(U32, 8, scratch);
      argument.set(U32, 12, mapping.addressSpace());
      argument.set(U64, 16, mapping.byteSize());
      argument.set(U64, 24, mapping.address());
      argument.set(U64, 32, mapping.address());
      Ioctl.call(context, IOAS_COPY, argument);
    } finally {
      destroy(context, scratch);
    }
  }

  static void mapFile(Fd context, int addressSpace, IommufdRecord.Mapping mapping, Fd memory)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = memory.hold()) {
      MemorySegment argument = argument(arena, 40);
      argument.set(U32, 4, mapping.rights() | FIXED_IOVA);
      argument.set(U32, 8, addressSpace);
      argument.set(U32, 12, held.number());
      argument.set(U64, 16, mapping.offset());
      argument.set(U64, 24, mapping.byteSize());
      argument.set(U64, 32, mapping.address());
      Ioctl.call(context, IOAS_MAP_FILE, argument);
    }
  }

  /**
   * Makes this process the one that is charged for all mappings. In the one that is already, it
   * changes nothing and answers whether it could be done: EINVAL where a mapping is not of a file.
   */
  static void changeProcess(Fd context) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      Ioctl.call(context, IOAS_CHANGE_PROCESS, argument(arena, 8));
    }
  }

  private static int option(Fd context, int option, short operation, int object, int value)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argument = argument(arena, 24);
      argument.set(U32, 4, option);
      argument.set(U16, 8, operation);
      argument.set(U32, 12, object);
      argument.set(U64, 16, value);
      Ioctl.call(context, OPTION, argument);
      return argument.get(U32, 16);
    }
  }

  private static MemorySegment argument(Arena arena, int byteSize) {
    MemorySegment argument = arena.allocate(byteSize, 8);
    argument.set(U32, 0, byteSize);
    return argument;
  }
}
