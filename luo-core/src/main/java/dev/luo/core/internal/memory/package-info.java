// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Handover memory: one sparse memfd a generation, mapped once and block-allocated. What the
 * kernel's ABI calls a physical address is a byte offset into it; 0 means none, since page 0 is the
 * image's header.
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.memory.HandoverArena#create} makes the memfd at its full
 *       reserve, seals its size and maps it. Segments never move, and pages cost nothing until they
 *       are touched.
 *   <li>Files, FLBs and the image allocate {@linkplain dev.luo.core.internal.memory.Extent extents}
 *       through a view of their own ({@link dev.luo.core.internal.memory.OwnedMemory}), which shows
 *       them nobody else's.
 *   <li>What is released is zeroed when it is given out again, not before: release is on the way
 *       out of a session, allocation on the way in.
 *   <li>In the successor the same memfd is mapped again, and {@link
 *       dev.luo.core.internal.image.Image#map} gives out, read-only, what the image says was
 *       allocated, and to its owner only.
 * </ol>
 *
 * <p>Nothing here needs the foreign linker in the successor: both sides map by {@link
 * java.nio.channels.FileChannel}.
 *
 * <p>Lock order: an arena's own lock is a leaf; nothing is called while it is held.
 */
@NullMarked
package dev.luo.core.internal.memory;

import org.jspecify.annotations.NullMarked;
