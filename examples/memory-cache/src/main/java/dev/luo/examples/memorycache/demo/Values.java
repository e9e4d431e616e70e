// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Makes values that follow from a key and a sequence number, and look random. */
final class Values {
  private static final long STEP = 0x9e37_79b9_7f4a_7c15L;
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] value;

  /** Makes values of so many bytes, a multiple of eight. */
  Values(int byteSize) {
    this.value = new byte[byteSize];
  }

  /** Returns the value; it is overwritten by the next call. */
  byte[] of(long key, long sequence) {
    long state = scramble(key * STEP + scramble(sequence));
    for (int at = 0; at < value.length; at += Long.BYTES) {
      WORD.set(value, at, scramble(state += STEP));
    }
    return value;
  }

  /** Returns whether these bytes are that value. */
  boolean matches(byte[] found, long key, long sequence) {
    return Arrays.equals(found, of(key, sequence));
  }

  /** The output function of SplitMix64 (Steele, Lea, Flood, 2014). */
  private static long scramble(long word) {
    long mixed = (word ^ (word >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ (mixed >>> 31);
  }
}
