// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Handle;
import dev.luo.spi.Slot;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The record of {@link MemfdHandler}: slot (u32, 0 if the bytes were copied), handle of the copy
 * (u64, 0 if not), size (u64), position (u64), seals (u32), mode (u32), status flags (u32), name
 * behind its count.
 *
 * @param frozen whether position, and the copy if there is one, are those of the freeze
 * @param slot where the memfd itself crosses, if it does anywhere
 */
record MemfdRecord(
    boolean frozen,
    Optional<Slot> slot,
    Handle copy,
    long byteSize,
    long position,
    int seals,
    int permissions,
    int statusFlags,
    String name) {

  static final int MAGIC = 0x31444D46; // FMD1

  /** The kernel's limit, without the prefix and the final NUL. */
  private static final int MOST_NAME_BYTES = 249;

  private static final int FROZEN = 1;
  private static final int FLAGS_OFFSET = 12;
  private static final long FIXED_BYTES = RecordWriter.HEADER_BYTES + 4 + 3 * 8 + 3 * 4 + 4;

  long recordSize() {
    return FIXED_BYTES + name.getBytes(StandardCharsets.UTF_8).length;
  }

  void write(MemorySegment bytes) {
    new RecordWriter(bytes, MAGIC, frozen ? FROZEN : 0)
        .slot(slot)
        .handle(copy)
        .u64(byteSize)
        .u64(position)
        .u32(seals)
        .u32(permissions)
        .u32(statusFlags)
        .bytes(name.getBytes(StandardCharsets.UTF_8))
        .end();
  }

  /** Turns the record into one from before the freeze, in place. */
  static void unfreeze(MemorySegment bytes) {
    bytes.set(RecordWriter.U32, FLAGS_OFFSET, 0);
  }

  static MemfdRecord read(MemorySegment bytes) throws CorruptRecordException {
    RecordReader reader = new RecordReader("memfd record", bytes, MAGIC, FROZEN);
    MemfdRecord record =
        new MemfdRecord(
            reader.has(FROZEN),
            reader.slot("slot"),
            reader.handle("copy"),
            reader.size("size"),
            reader.size("position"),
            reader.u32("seals"),
            reader.u32("permissions"),
            reader.u32("status flags"),
            text(reader.bytes("name", MOST_NAME_BYTES)));
    reader.exactly("unknown permissions", 0, record.permissions & ~07777);
    if (record.byteSize > 0 && record.slot.isEmpty() && record.copy.equals(Handle.NONE)) {
      throw reader.corrupt("slot and copy", "one of them at least", "neither");
    }
    reader.end();
    return record;
  }

  private static String text(byte[] utf8) throws CorruptRecordException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      if (text.indexOf('\0') >= 0) {
        throw new CorruptRecordException("memfd record: name contains NUL");
      }
      return text;
    } catch (CharacterCodingException malformed) {
      throw new CorruptRecordException("memfd record: name is not UTF-8", malformed);
    }
  }
}
