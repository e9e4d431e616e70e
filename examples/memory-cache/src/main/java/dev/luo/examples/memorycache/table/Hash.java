// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A seeded 64-bit hash of keys. The seed is the table's own, drawn at random when it is created, so
 * that nobody can prepare keys that all fall into one bucket.
 */
final class Hash {
  private static final long FIRST = 0xa076_1d64_78bd_642fL;
  private static final long SECOND = 0xe703_7ed1_a0b4_28dbL;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Hash() {}

  static long of(byte[] bytes, long seed) {
    long hash = mix(seed ^ FIRST, bytes.length ^ SECOND);
    int position = 0;
    for (; position + Long.BYTES <= bytes.length; position += Long.BYTES) {
      hash = mix(hash ^ (long) WORD.get(bytes, position), SECOND);
    }
    long rest = 0;
    for (; position < bytes.length; position++) {
      rest = (rest << Byte.SIZE) | (bytes[position] & 0xff);
    }
    return mix(hash ^ rest, FIRST) ^ hash;
  }

  /** Folds the 128-bit product of both into 64 bits. */
  static long mix(long left, long right) {
    return (left * right) ^ Math.unsignedMultiplyHigh(left, right);
  }
}
