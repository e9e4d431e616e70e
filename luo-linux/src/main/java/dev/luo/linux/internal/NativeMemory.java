// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Gives addresses that the kernel or the C library answers a size and a lifetime. */
public final class NativeMemory {
  private NativeMemory() {}

  /** Memory that is given back when the arena is closed. */
  @SuppressWarnings("restricted")
  public static MemorySegment owned(long address, long byteSize, Arena arena, Runnable giveBack) {
    return MemorySegment.ofAddress(address).reinterpret(byteSize, arena, _ -> giveBack.run());
  }

  /** Memory that belongs to the C library and stays where it is. */
  @SuppressWarnings("restricted")
  public static MemorySegment foreign(MemorySegment pointer, long byteSize) {
    return pointer.reinterpret(byteSize);
  }
}
