// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.spi.LuoException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Damages records that crossed, in ways that no checksum would notice. */
final class Damage {

  private Damage() {}

  /** What reads the record, and may refuse it. */
  @FunctionalInterface
  interface Reading {
    void read() throws Exception;
  }

  /** Returns a record as a successor sees it. */
  static MemorySegment copy(byte[] record) {
    return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, record).asReadOnly();
  }

  /** Inverts each byte of the header in turn: all of them must be refused. */
  static void everyHeaderByte(byte[] record, Reading reading) {
    for (int i = 0; i < RecordWriter.HEADER_BYTES; i++) {
      int at = i;
      record[at] ^= (byte) 0xff;
      assertThatThrownBy(reading::read)
          .describedAs("header byte %d", at)
          .isInstanceOf(LuoException.class);
      record[at] ^= (byte) 0xff;
    }
  }

  /**
   * Inverts each byte behind the header in turn. Some of the results are records that could be
   * true; the others are refused, and never by a bug.
   */
  static void everyOtherByte(byte[] record, Reading reading) throws Exception {
    int refused = 0;
    for (int i = RecordWriter.HEADER_BYTES; i < record.length; i++) {
      record[i] ^= (byte) 0xff;
      try {
        reading.read();
      } catch (LuoException expected) {
        refused++;
      }
      record[i] ^= (byte) 0xff;
    }
    assertThat(refused).describedAs("bytes whose damage is noticed").isPositive();
  }
}
