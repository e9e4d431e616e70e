// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Linux system calls for Java.
 *
 * <p>Start with {@link dev.luo.linux.Fd}, an open descriptor with an owner; nearly everything else
 * is done to one. {@link dev.luo.linux.Memfd} and {@link dev.luo.linux.Mapping} are memory with a
 * descriptor, {@link dev.luo.linux.FileIo} reads and writes, and {@link dev.luo.linux.FileStatus}
 * tells what a file is. Descriptors have no subclasses: an eventfd is an {@code Fd} to which {@link
 * dev.luo.linux.EventFd} applies, because a descriptor that came from elsewhere does not know what
 * it is.
 *
 * <p>A failed call throws {@link dev.luo.linux.LinuxException} with the error's name, and nothing
 * ever answers −1. Sets of flags that only grow from one kernel to the next keep bits they have no
 * name for.
 *
 * <p>A call that waits in the kernel pins the carrier of a virtual thread; wait on platform
 * threads.
 */
@NullMarked
package dev.luo.linux;

import org.jspecify.annotations.NullMarked;
