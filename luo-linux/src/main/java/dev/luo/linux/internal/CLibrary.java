// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Finds and links functions of the C library. */
public final class CLibrary {
  private CLibrary() {}

  /**
   * Links a function.
   *
   * @throws UnsatisfiedLinkError if the C library has none of that name
   */
  @SuppressWarnings("restricted")
  public static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
    return Linker.nativeLinker().downcallHandle(find(name), shape, options);
  }

  /** Whether the C library has a function or variable. */
  public static boolean has(String name) {
    return Linker.nativeLinker().defaultLookup().find(name).isPresent();
  }

  /**
   * The address of a function or variable.
   *
   * @throws UnsatisfiedLinkError if the C library has none of that name
   */
  public static MemorySegment find(String name) {
    return Linker.nativeLinker()
        .defaultLookup()
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no " + name));
  }
}
