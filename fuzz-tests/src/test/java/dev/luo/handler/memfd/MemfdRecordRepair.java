// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Puts right what a changed record of the memfd handler contradicts itself in. Knows the layout
 * from {@code docs/handlers/memfd.md} by heart.
 */
public final class MemfdRecordRepair {

  /** Where the name begins. */
  private static final int HEADER = 108;

  private MemfdRecordRepair() {}

  /**
   * Repairs a record in place.
   *
   * @param what 1: lengths, 2: checksums, 3: both
   */
  public static void repair(byte[] bytes, int what) {
    if (bytes.length < HEADER) {
      return;
    }
    ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if ((what & 1) != 0) {
      record.putInt(8, bytes.length).putInt(64, bytes.length - HEADER);
    }
    if ((what & 2) != 0) {
      record.putInt(68, crc(record.slice(0, 68), record.slice(HEADER, bytes.length - HEADER)));
      record.putInt(104, crc(record.slice(72, 32)));
    }
  }

  private static int crc(ByteBuffer... parts) {
    CRC32C crc = new CRC32C();
    for (ByteBuffer part : parts) {
      crc.update(part);
    }
    return (int) crc.getValue();
  }
}
