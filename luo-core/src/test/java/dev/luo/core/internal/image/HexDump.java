// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;

/** Memory as text: lines of an address and 16 bytes, those of zeroes left out. */
final class HexDump {

  private static final int LINE = 16;

  private HexDump() {}

  static String of(MemorySegment memory, long from, long to) {
    StringBuilder text = new StringBuilder();
    byte[] zeroes = new byte[LINE];
    for (long at = from; at < to; at += LINE) {
      byte[] line = memory.asSlice(at, LINE).toArray(ValueLayout.JAVA_BYTE);
      if (Arrays.equals(line, zeroes)) {
        continue;
      }
      text.append(String.format("%04x ", at));
      for (int i = 0; i < LINE; i += 4) {
        text.append(' ').append(HexFormat.of().formatHex(line, i, i + 4));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Writes such lines to memory that is otherwise zero. */
  static void load(MemorySegment memory, String text) {
    text.lines()
        .forEach(line -> {
          int at = HexFormat.fromHexDigits(line, 0, line.indexOf(' '));
          byte[] bytes =
              HexFormat.of().parseHex(line.substring(line.indexOf(' ')).replace(" ", ""));
          MemorySegment.copy(MemorySegment.ofArray(bytes), 0, memory, at, bytes.length);
        });
  }
}
