// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.SealSet;
import dev.luo.linux.StatusFlags;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.LuoException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What {@code freeze} adds to a record: everything that the workload may change until it is paused.
 * Written in place, over and over if updates are refused.
 *
 * @param seals the seals
 * @param byteSize the size in bytes
 * @param position of the open file description
 * @param mode the permission bits
 * @param statusFlags the flags of the open file description
 */
record FrozenPart(SealSet seals, long byteSize, long position, int mode, StatusFlags statusFlags) {

  static final int AT_STATE = 72;
  private static final int AT_SEALS = 76;
  private static final int AT_BYTE_SIZE = 80;
  private static final int AT_POSITION = 88;
  private static final int AT_MODE = 96;
  private static final int AT_STATUS_FLAGS = 100;
  private static final int AT_CHECKSUM = 104;

  private static final int NEVER_FROZEN = 0;
  private static final int FROZEN = 1;

  /** Takes what matters out of what was found. */
  static FrozenPart of(MemfdState state) {
    return new FrozenPart(
        state.seals(), state.byteSize(), state.position(), state.mode(), state.statusFlags());
  }

  /** Writes it into the record. */
  void encode(MemorySegment target) {
    ByteBuffer buffer = MemfdRecord.buffer(target);
    buffer.putInt(AT_STATE, FROZEN);
    buffer.putInt(AT_SEALS, seals.bits());
    buffer.putLong(AT_BYTE_SIZE, byteSize);
    buffer.putLong(AT_POSITION, position);
    buffer.putInt(AT_MODE, mode);
    buffer.putInt(AT_STATUS_FLAGS, statusFlags.bits());
    buffer.putInt(AT_CHECKSUM, checksum(buffer));
  }

  /**
   * Reads it from a record whose first part has been read.
   *
   * @throws CorruptRecordException if there is none, or the bytes cannot be one
   * @throws LuoException EOPNOTSUPP if it has seals that are unknown here
   */
  static FrozenPart decode(MemorySegment bytes, MemfdRecord record) throws LuoException {
    ByteBuffer buffer = MemfdRecord.buffer(bytes);
    int state = buffer.getInt(AT_STATE);
    if (state == NEVER_FROZEN) {
      throw new CorruptRecordException(
          "memfd record that was never frozen, from a predecessor that froze");
    }
    int checksum = checksum(buffer);
    if (state != FROZEN || buffer.getInt(AT_CHECKSUM) != checksum) {
      throw new CorruptRecordException(
          "frozen part of a memfd record with state "
              + Integer.toUnsignedString(state)
              + " and checksum 0x"
              + Integer.toHexString(buffer.getInt(AT_CHECKSUM))
              + ", not 0x"
              + Integer.toHexString(checksum));
    }
    long position = buffer.getLong(AT_POSITION);
    if (position < 0) {
      throw new CorruptRecordException("memfd record with position " + position);
    }
    SealSet seals = MemfdState.requireKnown(new SealSet(buffer.getInt(AT_SEALS)));
    if (!seals.containsAll(record.seals())) {
      throw new CorruptRecordException(
          "memfd record that lost seals: "
              + record.seals()
              + " at preserve, "
              + seals
              + " at freeze");
    }
    StatusFlags statusFlags = MemfdRecord.statusFlags(buffer.getInt(AT_STATUS_FLAGS));
    if (!record.hasAccessModeOf(statusFlags)) {
      throw new CorruptRecordException(
          "memfd record whose access mode changed: "
              + record.statusFlags()
              + " at preserve, "
              + statusFlags
              + " at freeze");
    }
    return new FrozenPart(
        seals,
        MemfdRecord.byteSize(buffer.getLong(AT_BYTE_SIZE)),
        position,
        MemfdRecord.mode(buffer.getInt(AT_MODE)),
        statusFlags);
  }

  private static int checksum(ByteBuffer buffer) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(AT_STATE, AT_CHECKSUM - AT_STATE));
    return (int) crc.getValue();
  }
}
