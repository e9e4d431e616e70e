// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes on their way: appended at the end, taken from the front. An empty queue holds no memory, so
 * that idle connections cost next to nothing.
 *
 * <p>Not thread-safe.
 */
public final class ByteQueue {
  private static final byte[] NOTHING = {};
  private static final int SMALLEST = 512;
  private static final int LARGEST_KEPT = 16 * 1024;

  private byte[] array = NOTHING;
  private int start;
  private int end;

  /** Returns how many bytes wait. */
  public int size() {
    return end - start;
  }

  /** Returns whether no bytes wait. */
  public boolean isEmpty() {
    return start == end;
  }

  /** Returns room for so many bytes at least; what is put there counts after {@link #appended}. */
  public ByteBuffer room(int atLeast) {
    reserve(atLeast);
    return ByteBuffer.wrap(array, end, array.length - end);
  }

  /** Takes bytes into the queue that were put into {@link #room}. */
  public void appended(int count) {
    end += count;
    releaseIfEmpty();
  }

  /** Returns the bytes that wait, as a view that is valid until the queue changes. */
  public ByteBuffer waiting() {
    return ByteBuffer.wrap(array, start, size());
  }

  /** Drops bytes from the front. */
  public void consume(int count) {
    start += count;
    releaseIfEmpty();
  }

  /** Appends bytes. */
  public void append(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, array, end, bytes.length);
    end += bytes.length;
  }

  /** Appends text of the protocol's own, which is ASCII. */
  public void append(String text) {
    append(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Appends the bytes of a segment. */
  public void append(MemorySegment bytes) {
    int length = (int) bytes.byteSize();
    reserve(length);
    MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, 0, array, end, length);
    end += length;
  }

  /** Returns a copy of the bytes that wait. */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, start, end);
  }

  byte at(int index) {
    return array[start + index];
  }

  /** Returns the index of the first such byte from an index on, or -1. */
  int indexOf(byte wanted, int from) {
    for (int i = start + from; i < end; i++) {
      if (array[i] == wanted) {
        return i - start;
      }
    }
    return -1;
  }

  byte[] copy(int index, int length) {
    return Arrays.copyOfRange(array, start + index, start + index + length);
  }

  /** Returns a view of some of the bytes, valid until the queue grows. */
  MemorySegment view(int index, int length) {
    return MemorySegment.ofArray(array).asSlice(start + index, length);
  }

  private void reserve(int atLeast) {
    if (array.length - end >= atLeast) {
      return;
    }
    int size = size();
    if (array.length - size >= atLeast && start >= size) {
      System.arraycopy(array, start, array, 0, size);
    } else {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * array.length);
      byte[] larger = new byte[Math.max(Math.max(doubled, SMALLEST), Math.addExact(size, atLeast))];
      System.arraycopy(array, start, larger, 0, size);
      array = larger;
    }
    start = 0;
    end = size;
  }

  private void releaseIfEmpty() {
    if (start == end) {
      start = 0;
      end = 0;
      array = array.length <= LARGEST_KEPT ? array : NOTHING;
    }
  }
}
