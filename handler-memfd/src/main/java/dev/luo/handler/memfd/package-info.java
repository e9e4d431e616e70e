// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The handler of nameless shared memory, above all of memfds.
 *
 * <p>The memory itself is carried, so there is nothing to copy whatever its size; what is left to
 * do is to write down what the memory looked like ({@link dev.luo.handler.memfd.MemfdRecord},
 * {@link dev.luo.handler.memfd.FrozenPart}), to compare it with what arrived ({@link
 * dev.luo.handler.memfd.MemfdState}), and to put right what the kernel's own handover forgets
 * ({@link dev.luo.handler.memfd.KernelRepair}). {@link dev.luo.handler.memfd.MemfdHandler} ties
 * them together. {@code docs/handlers/memfd.md} shows the record byte for byte.
 */
@NullMarked
package dev.luo.handler.memfd;

import org.jspecify.annotations.NullMarked;
