// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Flattened device trees, as far as the kernel of Linux 6.19 uses them for its image: one small
 * tree, written from its beginning to its end, in the bytes in which the kernel writes it.
 *
 * <p>The happy path:
 *
 * <ol>
 *   <li>{@link FlatTreeWriter} is told nodes and properties in their order, and gives the bytes.
 *   <li>{@link FlatTree#parse} takes such bytes apart into {@link FlatTree.Node}s.
 * </ol>
 *
 * <p>The unhappy path: bytes that are no tree are refused with the place at which they stop to be
 * one. Nothing in them is believed: not a length, an offset, an order, or that anything ends.
 *
 * <p>Nothing here is shared between threads, so there are no locks.
 */
@NullMarked
package dev.luo.core.internal.image.fdt;

import org.jspecify.annotations.NullMarked;
