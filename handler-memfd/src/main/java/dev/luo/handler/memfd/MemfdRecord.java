// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.FileIdentity;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.SealSet;
import dev.luo.linux.StatusFlags;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Slot;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What {@code preserve} writes down of a memfd: the first part of a {@code memfd-user-v1} record,
 * which never changes afterwards, and the name behind it. {@link FrozenPart} is what {@code freeze}
 * adds.
 *
 * <p>The two parts have checksums of their own, so that a predecessor that dies in the middle of
 * {@code freeze} leaves the first one readable, and with it the way to the memory.
 *
 * <p>Reading goes through {@link ByteBuffer}, since after an exec the first access to a {@link
 * MemorySegment} would have to bring up variable handles, which takes milliseconds.
 *
 * @param identity the inode; over the process boundary the very same arrives
 * @param hugePageSize the size of the pages it takes from the huge page pool, in bytes; 0 if it
 *     takes none
 * @param seals the seals
 * @param mode the permission bits
 * @param statusFlags the flags of the open file description
 * @param byteSize the size in bytes
 * @param slot under which the memory itself is carried
 * @param name the name given to {@code memfd_create}; null for memory that is no memfd, or of which
 *     nobody knows any more
 */
record MemfdRecord(
    FileIdentity identity,
    long hugePageSize,
    SealSet seals,
    int mode,
    StatusFlags statusFlags,
    long byteSize,
    Slot slot,
    @Nullable String name) {

  /** The bytes 'L', 'M', 'F', 'D'. */
  static final int MAGIC = 0x4446_4D4C;

  static final int VERSION = 1;

  /** Where the name begins: after both parts. */
  static final int HEADER_BYTES = 108;

  /**
   * A name has at most 249 bytes for the kernel; a JVM that cannot decode it may make three of
   * each.
   */
  static final int MAX_NAME_BYTES = 3 * 249;

  private static final int AT_VERSION = 4;
  private static final int AT_HEADER_BYTES = 6;
  private static final int AT_RECORD_BYTES = 8;
  private static final int AT_FLAGS = 12;
  private static final int AT_DEVICE = 16;
  private static final int AT_INODE = 24;
  private static final int AT_HUGE_PAGE_SIZE = 32;
  private static final int AT_BYTE_SIZE = 40;
  private static final int AT_SEALS = 48;
  private static final int AT_MODE = 52;
  private static final int AT_STATUS_FLAGS = 56;
  private static final int AT_SLOT = 60;
  private static final int AT_NAME_BYTES = 64;
  static final int AT_CHECKSUM = 68;

  private static final int FLAG_NAMED = 1;
  private static final int ACCESS_MODE = 3;

  /** How many bytes it takes, with room for the part that {@code freeze} writes. */
  int encodedBytes() {
    return HEADER_BYTES + nameBytes().length;
  }

  /**
   * Writes the first part and the name; the second part stays zero, which says that nothing has
   * been frozen.
   */
  void encode(MemorySegment target) {
    byte[] nameBytes = nameBytes();
    ByteBuffer buffer = buffer(target);
    buffer.putInt(0, MAGIC);
    buffer.putShort(AT_VERSION, (short) VERSION);
    buffer.putShort(AT_HEADER_BYTES, (short) HEADER_BYTES);
    buffer.putInt(AT_RECORD_BYTES, HEADER_BYTES + nameBytes.length);
    buffer.putInt(AT_FLAGS, name == null ? 0 : FLAG_NAMED);
    buffer.putLong(AT_DEVICE, identity.device());
    buffer.putLong(AT_INODE, identity.inode());
    buffer.putLong(AT_HUGE_PAGE_SIZE, hugePageSize);
    buffer.putLong(AT_BYTE_SIZE, byteSize);
    buffer.putInt(AT_SEALS, seals.bits());
    buffer.putInt(AT_MODE, mode);
    buffer.putInt(AT_STATUS_FLAGS, statusFlags.bits());
    buffer.putInt(AT_SLOT, slot.number());
    buffer.putInt(AT_NAME_BYTES, nameBytes.length);
    buffer.put(HEADER_BYTES, nameBytes);
    buffer.putInt(AT_CHECKSUM, checksum(buffer));
  }

  /**
   * Reads the first part and the name, and believes nothing.
   *
   * @throws CorruptRecordException if the bytes cannot be a record
   * @throws LuoException EOPNOTSUPP if it has seals that are unknown here
   */
  static MemfdRecord decode(MemorySegment bytes) throws LuoException {
    if (bytes.byteSize() < HEADER_BYTES || bytes.byteSize() > HEADER_BYTES + MAX_NAME_BYTES) {
      throw new CorruptRecordException("a memfd record of " + bytes.byteSize() + " bytes");
    }
    ByteBuffer buffer = buffer(bytes);
    checkFrame(buffer);
    int flags = buffer.getInt(AT_FLAGS);
    if ((flags & ~FLAG_NAMED) != 0) {
      throw new CorruptRecordException(
          "memfd record with unknown flags 0x" + Integer.toHexString(flags));
    }
    return new MemfdRecord(
        new FileIdentity(buffer.getLong(AT_DEVICE), buffer.getLong(AT_INODE)),
        hugePageSize(buffer.getLong(AT_HUGE_PAGE_SIZE)),
        MemfdState.requireKnown(new SealSet(buffer.getInt(AT_SEALS))),
        mode(buffer.getInt(AT_MODE)),
        statusFlags(buffer.getInt(AT_STATUS_FLAGS)),
        byteSize(buffer.getLong(AT_BYTE_SIZE)),
        Slot.fromRecord(buffer.getInt(AT_SLOT)),
        name(buffer, (flags & FLAG_NAMED) != 0));
  }

  private static void checkFrame(ByteBuffer buffer) throws CorruptRecordException {
    if (buffer.getInt(0) != MAGIC) {
      throw new CorruptRecordException(
          "no memfd record: magic 0x" + Integer.toHexString(buffer.getInt(0)));
    }
    int version = Short.toUnsignedInt(buffer.getShort(AT_VERSION));
    int headerBytes = Short.toUnsignedInt(buffer.getShort(AT_HEADER_BYTES));
    int recordBytes = buffer.getInt(AT_RECORD_BYTES);
    if (version != VERSION || headerBytes != HEADER_BYTES || recordBytes != buffer.limit()) {
      throw new CorruptRecordException(
          "memfd record of version "
              + version
              + " with a header of "
              + headerBytes
              + " and "
              + recordBytes
              + " bytes in all, where version "
              + VERSION
              + ", "
              + HEADER_BYTES
              + " and "
              + buffer.limit()
              + " are due");
    }
    if (buffer.getInt(AT_NAME_BYTES) != buffer.limit() - HEADER_BYTES) {
      throw new CorruptRecordException(
          "memfd record with a name of "
              + Integer.toUnsignedString(buffer.getInt(AT_NAME_BYTES))
              + " bytes in "
              + buffer.limit());
    }
    int checksum = checksum(buffer);
    if (buffer.getInt(AT_CHECKSUM) != checksum) {
      throw new CorruptRecordException(
          "memfd record with checksum 0x"
              + Integer.toHexString(buffer.getInt(AT_CHECKSUM))
              + ", not 0x"
              + Integer.toHexString(checksum));
    }
  }

  private static long hugePageSize(long bytes) throws CorruptRecordException {
    if (bytes < 0 || Long.bitCount(bytes) > 1) {
      throw new CorruptRecordException(
          "memfd record with huge pages of " + Long.toUnsignedString(bytes) + " bytes");
    }
    return bytes;
  }

  /** Permission bits, with nothing besides. */
  static int mode(int bits) throws CorruptRecordException {
    if ((bits & ~MemfdState.PERMISSIONS) != 0) {
      throw new CorruptRecordException("memfd record with mode 0" + Integer.toOctalString(bits));
    }
    return bits;
  }

  /** The flags of a description that reads, writes or both. */
  static StatusFlags statusFlags(int bits) throws CorruptRecordException {
    StatusFlags flags = new StatusFlags(bits);
    if ((bits & ACCESS_MODE) == ACCESS_MODE || flags.isSet(OpenFlag.PATH)) {
      throw new CorruptRecordException(
          "memfd record with status flags 0" + Integer.toOctalString(bits));
    }
    return flags;
  }

  /** A size that a file can have. */
  static long byteSize(long bytes) throws CorruptRecordException {
    if (bytes < 0) {
      throw new CorruptRecordException(
          "memfd record with a size of " + Long.toUnsignedString(bytes) + " bytes");
    }
    return bytes;
  }

  /** Whether a description may do what the recorded one may. */
  boolean hasAccessModeOf(StatusFlags other) {
    return ((statusFlags.bits() ^ other.bits()) & ACCESS_MODE) == 0;
  }

  private static @Nullable String name(ByteBuffer buffer, boolean named)
      throws CorruptRecordException {
    ByteBuffer bytes = buffer.slice(HEADER_BYTES, buffer.limit() - HEADER_BYTES);
    if (!named) {
      if (bytes.hasRemaining()) {
        throw new CorruptRecordException(
            "memfd record without a name, and " + bytes.remaining() + " bytes of it");
      }
      return null;
    }
    String name;
    try {
      name = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException notText) {
      throw new CorruptRecordException("memfd record with a name that is no text", notText);
    }
    if (name.indexOf('\0') >= 0) {
      throw new CorruptRecordException("memfd record with a name that contains NUL");
    }
    return name;
  }

  private byte[] nameBytes() {
    return name == null ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
  }

  private static int checksum(ByteBuffer buffer) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(0, AT_CHECKSUM));
    crc.update(buffer.slice(HEADER_BYTES, buffer.limit() - HEADER_BYTES));
    return (int) crc.getValue();
  }

  static ByteBuffer buffer(MemorySegment bytes) {
    return bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
