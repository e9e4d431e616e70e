// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.handler;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Slot;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What {@code listening-socket-v1} writes for a socket, little-endian.
 *
 * <pre>
 *   +0  u32  slot of the carried descriptor
 *   +4  u32  length of the address
 *   +8       the address it is bound to, as text in UTF-8
 * </pre>
 */
record ListeningSocketRecord(Slot slot, String address) {
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long AT_SLOT = 0;
  private static final long AT_LENGTH = 4;
  private static final long AT_ADDRESS = 8;

  static ListeningSocketRecord decode(MemorySegment bytes) throws CorruptRecordException {
    if (bytes.byteSize() < AT_ADDRESS) {
      throw new CorruptRecordException("record of only " + bytes.byteSize() + " bytes");
    }
    int length = bytes.get(U32, AT_LENGTH);
    if (length < 0 || length > bytes.byteSize() - AT_ADDRESS) {
      throw new CorruptRecordException("address of " + length + " bytes goes beyond the record");
    }
    byte[] address = bytes.asSlice(AT_ADDRESS, length).toArray(ValueLayout.JAVA_BYTE);
    return new ListeningSocketRecord(
        Slot.fromRecord(bytes.get(U32, AT_SLOT)), new String(address, StandardCharsets.UTF_8));
  }

  long byteSize() {
    return AT_ADDRESS + addressBytes().length;
  }

  void encode(MemorySegment bytes) {
    byte[] encoded = addressBytes();
    bytes.set(U32, AT_SLOT, slot.number());
    bytes.set(U32, AT_LENGTH, encoded.length);
    bytes.asSlice(AT_ADDRESS, encoded.length).copyFrom(MemorySegment.ofArray(encoded));
  }

  private byte[] addressBytes() {
    return address.getBytes(StandardCharsets.UTF_8);
  }
}
