// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes to an image, as the rest of an input spells them: 12 bytes each, an operation, a page, an
 * offset in the page and a value. Every input spells some, and all of them stay inside the image.
 */
final class Edits {

  static final int BYTE_SIZE = 12;

  /** The first four change one, two, four or eight bytes. */
  private static final int SET_EIGHT = 3;

  private static final int FLIP = 4;

  private static final int COPY = 5;
  private static final int SWAP = 6;
  private static final int CLEAR = 7;
  private static final int OPERATIONS = 8;
  private static final int PAGE = 4096;

  private final List<Edit> edits = new ArrayList<>();

  private record Edit(int operation, int at, long value) {

    /** Of what is copied from, swapped with or cleared: where it lies. */
    int other(int end) {
      return (int) Long.remainderUnsigned(value & 0xffff_ffffL, end);
    }

    /** Of what is copied, swapped or cleared: how long it is. */
    int length(int end) {
      int wanted = 1 + (int) (value >>> 32 & PAGE - 1);
      return Math.min(wanted, end - Math.max(at, operation == CLEAR ? 0 : other(end)));
    }
  }

  /**
   * Reads edits.
   *
   * @param input from its position to its end
   * @param end the size of the image that they are for
   */
  Edits(ByteBuffer input, int end) {
    ByteBuffer bytes = input.order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.remaining() >= BYTE_SIZE) {
      int operation = Byte.toUnsignedInt(bytes.get()) % OPERATIONS;
      int page = Byte.toUnsignedInt(bytes.get());
      int offset = Short.toUnsignedInt(bytes.getShort()) % PAGE;
      edits.add(new Edit(operation, (page * PAGE + offset) % end, bytes.getLong()));
    }
  }

  /**
   * Answers whether it changes nothing but bits that lie within 32 of each other, which a checksum
   * of 32 bits is sure to notice. Of others it is nearly sure, and a fuzzer that watches
   * comparisons finds the exception.
   */
  boolean isBurst() {
    int operation = edits.size() == 1 ? edits.getFirst().operation : CLEAR;
    return operation <= FLIP && operation != SET_EIGHT;
  }

  /** Applies them in order. */
  void applyTo(byte[] image) {
    for (Edit edit : edits) {
      apply(edit, image);
    }
  }

  private static void apply(Edit edit, byte[] bytes) {
    switch (edit.operation) {
      case FLIP -> bytes[edit.at] ^= (byte) edit.value;
      case COPY ->
          System.arraycopy(
              bytes, edit.other(bytes.length), bytes, edit.at, edit.length(bytes.length));
      case SWAP -> swap(bytes, edit.at, edit.other(bytes.length), edit.length(bytes.length));
      case CLEAR -> Arrays.fill(bytes, edit.at, edit.at + edit.length(bytes.length), (byte) 0);
      default -> {
        for (int i = 0; i < 1 << edit.operation && edit.at + i < bytes.length; i++) {
          bytes[edit.at + i] = (byte) (edit.value >>> (8 * i));
        }
      }
    }
  }

  private static void swap(byte[] bytes, int first, int second, int length) {
    for (int i = 0; i < length; i++) {
      byte kept = bytes[first + i];
      bytes[first + i] = bytes[second + i];
      bytes[second + i] = kept;
    }
  }
}
