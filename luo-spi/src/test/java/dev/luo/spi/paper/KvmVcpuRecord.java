// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;

/**
 * The record of {@link KvmVcpuHandler}, a view of memory rather than a copy: it is sized at
 * preserve and filled at freeze by KVM itself. Token of the machine (u64), number of the processor
 * (u32), entries of CPUID (u32), bytes of extended state (u32), padding (u32), then KVM's
 * structures one after the other.
 */
final class KvmVcpuRecord {

  static final int CPUID_HEADER_BYTES = 8;
  static final int CPUID_ENTRY_BYTES = 40;
  static final int MOST_CPUID_ENTRIES = 256;
  static final int LEAST_XSAVE_BYTES = 4096;

  private static final int MOST_XSAVE_BYTES = 1 << 16;
  private static final int MSRS_HEADER_BYTES = 8;
  private static final int MSR_ENTRY_BYTES = 16;

  private static final int MAGIC = 0x31504356; // VCP1
  private static final int FROZEN = 1;
  private static final int FLAGS_OFFSET = 12;
  private static final int FIXED_BYTES = RecordWriter.HEADER_BYTES + 24;

  private final MemorySegment bytes;
  private final Token machine;
  private final int number;
  private final int cpuidEntries;
  private final int xsaveBytes;

  private KvmVcpuRecord(
      MemorySegment bytes, Token machine, int number, int cpuidEntries, int xsaveBytes) {
    this.bytes = bytes;
    this.machine = machine;
    this.number = number;
    this.cpuidEntries = cpuidEntries;
    this.xsaveBytes = xsaveBytes;
  }

  static long byteSize(int cpuidEntries, int xsaveBytes) {
    long states = 0;
    for (Kvm.State state : Kvm.State.values()) {
      states += state.byteSize();
    }
    return FIXED_BYTES + states + xsaveBytes + msrsBytes() + cpuidBytes(cpuidEntries);
  }

  /** Writes the record of a processor that still runs. */
  static void create(
      MemorySegment bytes, Token machine, int number, int cpuidEntries, int xsaveBytes) {
    new RecordWriter(bytes, MAGIC, 0)
        .token(machine)
        .u32(number)
        .u32(cpuidEntries)
        .u32(xsaveBytes)
        .u32(0);
    KvmVcpuRecord record = new KvmVcpuRecord(bytes, machine, number, cpuidEntries, xsaveBytes);
    MemorySegment msrs = record.msrs();
    int[] indices = Kvm.msrs();
    msrs.set(RecordWriter.U32, 0, indices.length);
    for (int i = 0; i < indices.length; i++) {
      msrs.set(RecordWriter.U32, msrOffset(i), indices[i]);
    }
    record.cpuid().set(RecordWriter.U32, 0, cpuidEntries);
  }

  /**
   * Checks all counts: KVM takes them from the structures themselves, and would read past their
   * end.
   *
   * @param bytes a record, trusted in nothing
   */
  static KvmVcpuRecord read(MemorySegment bytes) throws CorruptRecordException {
    RecordReader reader = new RecordReader("kvm vcpu record", bytes, MAGIC, FROZEN);
    Token machine = reader.token("machine");
    int number = reader.count("processor", 4095);
    int cpuidEntries = reader.count("cpuid entries", MOST_CPUID_ENTRIES);
    int xsaveBytes = reader.count("extended state bytes", MOST_XSAVE_BYTES);
    reader.exactly("padding", 0, reader.u32("padding"));
    if (xsaveBytes < LEAST_XSAVE_BYTES) {
      throw reader.corrupt("extended state bytes", "at least 4096", "" + xsaveBytes);
    }
    reader.exactly("record size", byteSize(cpuidEntries, xsaveBytes), bytes.byteSize());
    KvmVcpuRecord record = new KvmVcpuRecord(bytes, machine, number, cpuidEntries, xsaveBytes);
    reader.exactly("count in cpuid", cpuidEntries, record.cpuid().get(RecordWriter.U32, 0));
    MemorySegment msrs = record.msrs();
    int[] indices = Kvm.msrs();
    reader.exactly("count of registers", indices.length, msrs.get(RecordWriter.U32, 0));
    for (int i = 0; i < indices.length; i++) {
      reader.exactly("register", indices[i], msrs.get(RecordWriter.U32, msrOffset(i)));
    }
    return record;
  }

  Token machine() {
    return machine;
  }

  int number() {
    return number;
  }

  boolean frozen() {
    return bytes.get(RecordWriter.U32, FLAGS_OFFSET) == FROZEN;
  }

  /** Says that what the structures hold is the state at freeze. */
  void freeze() {
    bytes.set(RecordWriter.U32, FLAGS_OFFSET, FROZEN);
  }

  static void unfreeze(MemorySegment bytes) {
    bytes.set(RecordWriter.U32, FLAGS_OFFSET, 0);
  }

  /** Returns the place of a structure of fixed size. */
  MemorySegment state(Kvm.State wanted) {
    long offset = FIXED_BYTES;
    for (Kvm.State state : Kvm.State.values()) {
      if (state == wanted) {
        return bytes.asSlice(offset, wanted.byteSize());
      }
      offset += state.byteSize();
    }
    throw new IllegalArgumentException("no such state: " + wanted);
  }

  MemorySegment xsave() {
    return bytes.asSlice(msrsOffset() - xsaveBytes, xsaveBytes);
  }

  /** Returns {@code struct kvm_msrs}, with its count and indices. */
  MemorySegment msrs() {
    return bytes.asSlice(msrsOffset(), msrsBytes());
  }

  /** Returns {@code struct kvm_cpuid2}, with its count. */
  MemorySegment cpuid() {
    return bytes.asSlice(bytes.byteSize() - cpuidBytes(cpuidEntries));
  }

  private long msrsOffset() {
    return bytes.byteSize() - cpuidBytes(cpuidEntries) - msrsBytes();
  }

  private static long msrsBytes() {
    return MSRS_HEADER_BYTES + (long) MSR_ENTRY_BYTES * Kvm.msrs().length;
  }

  private static long msrOffset(int index) {
    return MSRS_HEADER_BYTES + (long) MSR_ENTRY_BYTES * index;
  }

  private static long cpuidBytes(int entries) {
    return CPUID_HEADER_BYTES + (long) CPUID_ENTRY_BYTES * entries;
  }
}
