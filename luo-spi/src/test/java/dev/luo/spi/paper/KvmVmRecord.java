// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Token;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The record of {@link KvmVmHandler}: the guest's clock (48 bytes as KVM_GET_CLOCK has it, at
 * freeze), then the memory slots behind their count, 40 bytes each.
 */
record KvmVmRecord(boolean frozen, Clock clock, List<Region> regions) {

  /** The guest's time and when that was, as KVM has it in {@code struct kvm_clock_data}. */
  record Clock(long time, int flags, long realTime) {

    static final Clock UNKNOWN = new Clock(0, 0, 0);

    /** Writes what may be set: of the flags, only that {@code realTime} holds. */
    MemorySegment toArgument(Arena arena) {
      MemorySegment argument = arena.allocate(CLOCK_BYTES, 8);
      argument.set(RecordWriter.U64, 0, time);
      argument.set(RecordWriter.U32, 8, flags & REAL_TIME);
      argument.set(RecordWriter.U64, 16, realTime);
      return argument;
    }
  }

  /** A memory slot; the memory is another file of the session. */
  record Region(int slot, int flags, long guestAddress, long byteSize, Token memory, long offset) {}

  static final int CLOCK_BYTES = 48;

  private static final int REAL_TIME = 4;
  private static final int CLOCK_REST_BYTES = 24;

  private static final int MAGIC = 0x314D5656; // VVM1
  private static final int FROZEN = 1;
  private static final int FLAGS_OFFSET = 12;
  private static final long CLOCK_OFFSET = RecordWriter.HEADER_BYTES;
  private static final int REGION_BYTES = 40;
  private static final long PAGE_MASK = 4095;

  long byteSize() {
    return CLOCK_OFFSET + CLOCK_BYTES + Integer.BYTES + (long) REGION_BYTES * regions.size();
  }

  void write(MemorySegment bytes) {
    RecordWriter writer = new RecordWriter(bytes, MAGIC, frozen ? FROZEN : 0);
    writer.u64(clock.time).u32(clock.flags).u32(0).u64(clock.realTime);
    writer.raw(new byte[CLOCK_REST_BYTES]).u32(regions.size());
    for (Region region : regions) {
      writer.u32(region.slot).u32(region.flags).u64(region.guestAddress).u64(region.byteSize);
      writer.token(region.memory).u64(region.offset);
    }
    writer.end();
  }

  /** Completes a record in place, which needs no memory and cannot fail. */
  static void freeze(MemorySegment bytes, MemorySegment clock) {
    MemorySegment.copy(clock, 0, bytes, CLOCK_OFFSET, CLOCK_BYTES);
    bytes.set(RecordWriter.U32, FLAGS_OFFSET, FROZEN);
  }

  static void unfreeze(MemorySegment bytes) {
    bytes.set(RecordWriter.U32, FLAGS_OFFSET, 0);
  }

  static KvmVmRecord read(MemorySegment bytes) throws CorruptRecordException {
    RecordReader reader = new RecordReader("kvm vm record", bytes, MAGIC, FROZEN);
    long time = reader.u64("clock");
    int clockFlags = reader.u32("flags of clock");
    reader.u32("padding of clock");
    Clock clock = new Clock(time, clockFlags, reader.u64("real time"));
    reader.raw("rest of clock", CLOCK_REST_BYTES);
    int count = reader.count("memory slots", GuestMemory.MOST_REGIONS);
    List<Region> regions = new ArrayList<>(count);
    Set<Integer> slots = new HashSet<>();
    for (int i = 0; i < count; i++) {
      Region region =
          new Region(
              reader.u32("slot"),
              reader.u32("flags"),
              reader.u64("guest address"),
              reader.size("size"),
              reader.token("memory"),
              reader.size("offset"));
      long unaligned = region.guestAddress | region.byteSize | region.offset;
      reader.exactly("page offset of memory slot", 0, unaligned & PAGE_MASK);
      if (region.byteSize == 0
          || region.offset + region.byteSize < 0
          || Long.compareUnsigned(region.guestAddress + region.byteSize, region.guestAddress) < 0
          || !slots.add(region.slot)) {
        throw reader.corrupt("memory slot", "one non-empty range", region.toString());
      }
      regions.add(region);
    }
    reader.end();
    return new KvmVmRecord(reader.has(FROZEN), clock, List.copyOf(regions));
  }
}
