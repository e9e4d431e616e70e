// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/** What is replaced in a live update. */
public enum Boundary {
  /**
   * The process, on a running kernel: kernel objects live as long as somebody holds a descriptor.
   */
  PROCESS,
  /** The kernel, by kexec: only what the old kernel hands to the new one survives. */
  KERNEL
}
