// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes inputs out of others. */
final class Mutator {

  private static final int MAX_CHANGES = 5;
  private static final int MAX_INSERTED = 24;
  private static final long[] TELLING = {
    0, 1, -1, 2, 0x7f, 0x80, 0xff, 4096, 0x7fff_ffff, 1L << 63
  };

  private final Random random;
  private final List<byte[]> corpus;

  Mutator(Random random, List<byte[]> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  byte[] next() {
    byte[] input = any().clone();
    for (int left = 1 + random.nextInt(MAX_CHANGES); left > 0; left--) {
      input = changed(input);
    }
    return input;
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size()));
  }

  private byte[] changed(byte[] input) {
    int at = random.nextInt(input.length + 1);
    if (at == input.length) {
      return inserted(input, at, noise());
    }
    return switch (random.nextInt(6)) {
      case 0 -> set(input, at, input[at] ^ 1 << random.nextInt(8), 1);
      case 1 -> set(input, at, random.nextInt(), 1);
      case 2 -> set(input, at, TELLING[random.nextInt(TELLING.length)], 1 << random.nextInt(4));
      case 3 -> inserted(input, at, noise());
      case 4 -> removed(input, at, 1 + random.nextInt(MAX_INSERTED));
      default -> spliced(input, at, any());
    };
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(MAX_INSERTED)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] set(byte[] input, int at, long value, int byteSize) {
    for (int i = 0; i < byteSize && at + i < input.length; i++) {
      input[at + i] = (byte) (value >>> (8 * i));
    }
    return input;
  }

  private static byte[] inserted(byte[] input, int at, byte[] more) {
    byte[] longer = Arrays.copyOf(input, input.length + more.length);
    System.arraycopy(more, 0, longer, at, more.length);
    System.arraycopy(input, at, longer, at + more.length, input.length - at);
    return longer;
  }

  private static byte[] removed(byte[] input, int at, int byteSize) {
    int end = Math.min(input.length, at + byteSize);
    byte[] shorter = Arrays.copyOf(input, input.length - (end - at));
    System.arraycopy(input, end, shorter, at, input.length - end);
    return shorter;
  }

  private byte[] spliced(byte[] input, int at, byte[] other) {
    int from = random.nextInt(other.length + 1);
    byte[] result = Arrays.copyOf(input, at + other.length - from);
    System.arraycopy(other, from, result, at, other.length - from);
    return result;
  }
}
