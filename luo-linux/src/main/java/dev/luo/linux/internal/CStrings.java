// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Strings of C: bytes up to a zero. */
public final class CStrings {
  private CStrings() {}

  /**
   * Puts a string into native memory.
   *
   * @throws IllegalArgumentException if there is a zero in it
   */
  public static MemorySegment allocate(SegmentAllocator allocator, byte[] bytes) {
    for (byte each : bytes) {
      if (each == 0) {
        throw new IllegalArgumentException("a string for the kernel contains NUL");
      }
    }
    MemorySegment string = allocator.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, string, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return string;
  }

  /**
   * Puts strings into native memory, and an array of pointers to them that ends with a null
   * pointer.
   *
   * @throws IllegalArgumentException if there is a zero in one of them
   */
  public static MemorySegment allocateArray(SegmentAllocator allocator, List<byte[]> strings) {
    MemorySegment array = allocator.allocate(ValueLayout.ADDRESS, strings.size() + 1L);
    for (int i = 0; i < strings.size(); i++) {
      array.setAtIndex(ValueLayout.ADDRESS, i, allocate(allocator, strings.get(i)));
    }
    array.setAtIndex(ValueLayout.ADDRESS, strings.size(), MemorySegment.NULL);
    return array;
  }

  /** The environment as the C library holds it at this moment, byte by byte. */
  public static List<byte[]> environment() {
    MemorySegment variable =
        NativeMemory.foreign(CLibrary.find("environ"), ValueLayout.ADDRESS.byteSize());
    MemorySegment first = variable.get(ValueLayout.ADDRESS, 0);
    List<byte[]> entries = new ArrayList<>();
    if (first.address() == 0) {
      return entries;
    }
    MemorySegment array = NativeMemory.foreign(first, Long.MAX_VALUE);
    for (long i = 0; ; i++) {
      MemorySegment entry = array.getAtIndex(ValueLayout.ADDRESS, i);
      if (entry.address() == 0) {
        return entries;
      }
      entries.add(bytes(NativeMemory.foreign(entry, Long.MAX_VALUE)));
    }
  }

  /** By way of a string, since the JDK looks for the end faster than a loop here would. */
  private static byte[] bytes(MemorySegment string) {
    return string.getString(0, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
  }
}
