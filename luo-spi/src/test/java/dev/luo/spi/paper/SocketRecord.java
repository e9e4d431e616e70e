// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Slot;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The record of {@link SocketHandler}: slot (u32), inode (u64), then the unread bytes behind their
 * count.
 *
 * @param buffered whether the application keeps a buffer that has to cross too
 * @param unread what was in it at freeze; empty before that
 */
record SocketRecord(Slot slot, long inode, boolean buffered, Optional<byte[]> unread) {

  static final int MAGIC = 0x314B4353; // SCK1

  private static final long FIXED_BYTES = RecordWriter.HEADER_BYTES + 4 + 8 + 4;
  private static final int BUFFERED = 1;
  private static final int FROZEN = 2;
  private static final int FLAGS_OFFSET = 12;

  long byteSize() {
    return FIXED_BYTES + unread.map(bytes -> bytes.length).orElse(0);
  }

  void write(MemorySegment bytes) {
    int flags = (buffered ? BUFFERED : 0) | (unread.isPresent() ? FROZEN : 0);
    new RecordWriter(bytes, MAGIC, flags)
        .slot(Optional.of(slot))
        .u64(inode)
        .bytes(unread.orElse(new byte[0]))
        .end();
  }

  /** Turns the record into one from before the freeze, in place: this must not fail. */
  static void invalidateUnread(MemorySegment bytes) {
    int flags = bytes.get(RecordWriter.U32, FLAGS_OFFSET);
    bytes.set(RecordWriter.U32, FLAGS_OFFSET, flags & ~FROZEN);
  }

  static SocketRecord read(MemorySegment bytes) throws CorruptRecordException {
    RecordReader reader = new RecordReader("socket record", bytes, MAGIC, BUFFERED | FROZEN);
    Slot slot = Slot.fromRecord(reader.u32("slot"));
    long inode = reader.u64("inode");
    byte[] unread = reader.bytes("unread bytes", SocketHandler.MOST_UNREAD);
    reader.end();
    return new SocketRecord(
        slot,
        inode,
        reader.has(BUFFERED),
        reader.has(FROZEN) ? Optional.of(unread) : Optional.empty());
  }
}
