// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The record of {@link IommufdHandler}: slot (u32), accounting mode (u32), ids of address spaces
 * behind their count, mappings behind theirs, 56 bytes each.
 *
 * @param slot where the context itself crosses; empty where it is to be rebuilt
 */
record IommufdRecord(
    Optional<Slot> slot, int rlimitMode, List<Integer> addressSpaces, List<Mapping> mappings) {

  /**
   * A mapping.
   *
   * @param memory the memfd under it, another file of the session
   * @param inode of the memfd, by which a wrong one is noticed on the same kernel
   * @param fileSize of the memfd: pages of one that shrank are stale
   */
  record Mapping(
      int addressSpace,
      int rights,
      long address,
      long byteSize,
      long offset,
      Token memory,
      long inode,
      long fileSize) {

    private long last() {
      return address + byteSize - 1;
    }

    private boolean liesBefore(Mapping next) {
      return addressSpace != next.addressSpace || Long.compareUnsigned(last(), next.address) < 0;
    }
  }

  private static final int MAGIC = 0x31464F50; // POF1
  private static final int MOST_ADDRESS_SPACES = 4096;

  /** Ids are given lowest first; a higher one would make the search for strangers endless. */
  private static final int HIGHEST_ID = 1 << 20;

  private static final int MOST_MAPPINGS = 262_144;
  private static final int MAPPING_BYTES = 56;

  long recordSize() {
    return RecordWriter.HEADER_BYTES
        + 4 * Integer.BYTES
        + (long) Integer.BYTES * addressSpaces.size()
        + (long) MAPPING_BYTES * mappings.size();
  }

  void write(MemorySegment bytes) {
    RecordWriter writer = new RecordWriter(bytes, MAGIC, 0).slot(slot).u32(rlimitMode);
    writer.u32(addressSpaces.size());
    addressSpaces.forEach(writer::u32);
    writer.u32(mappings.size());
    for (Mapping mapping : mappings) {
      writer.u32(mapping.addressSpace).u32(mapping.rights).u64(mapping.address);
      writer.u64(mapping.byteSize).u64(mapping.offset).token(mapping.memory);
      writer.u64(mapping.inode).u64(mapping.fileSize);
    }
    writer.end();
  }

  static IommufdRecord read(MemorySegment bytes) throws CorruptRecordException {
    RecordReader reader = new RecordReader("iommufd record", bytes, MAGIC, 0);
    Optional<Slot> slot = reader.slot("slot");
    int rlimitMode = reader.count("accounting mode", 1);
    Set<Integer> ids = new HashSet<>();
    List<Integer> addressSpaces = new ArrayList<>();
    for (int i = reader.count("address spaces", MOST_ADDRESS_SPACES); i > 0; i--) {
      int id = reader.u32("address space");
      if (id < 1 || id > HIGHEST_ID || !ids.add(id)) {
        throw reader.corrupt("address space", "a small unique number", Integer.toString(id));
      }
      addressSpaces.add(id);
    }
    List<Mapping> mappings = new ArrayList<>();
    for (int i = reader.count("mappings", MOST_MAPPINGS); i > 0; i--) {
      Mapping mapping =
          new Mapping(
              reader.u32("address space of mapping"),
              reader.u32("rights"),
              reader.u64("address"),
              reader.size("size"),
              reader.size("offset"),
              reader.token("memory"),
              reader.u64("inode"),
              reader.size("file size"));
      check(reader, mapping, ids, mappings);
      mappings.add(mapping);
    }
    reader.end();
    return new IommufdRecord(slot, rlimitMode, List.copyOf(addressSpaces), List.copyOf(mappings));
  }

  private static void check(
      RecordReader reader, Mapping mapping, Set<Integer> ids, List<Mapping> before)
      throws CorruptRecordException {
    int unknown = mapping.rights & ~(Iommu.WRITEABLE | Iommu.READABLE);
    if (!ids.contains(mapping.addressSpace)
        || unknown != 0
        || mapping.rights == 0
        || mapping.byteSize == 0
        || Long.compareUnsigned(mapping.last(), mapping.address) < 0
        || mapping.offset > mapping.fileSize - mapping.byteSize) {
      throw reader.corrupt("mapping", "inside its address space and file", mapping.toString());
    }
    if (!before.isEmpty() && !before.getLast().liesBefore(mapping)) {
      throw reader.corrupt("mapping", "behind the one before it", mapping.toString());
    }
  }
}
