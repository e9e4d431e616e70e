// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * A hash table with everything it knows inside one {@link java.lang.foreign.MemorySegment}.
 *
 * <p>Index, items, free memory, order of use and counters are kept as offsets into the segment,
 * never as addresses and never in Java objects. Whoever maps the same memory again, in whatever
 * process and at whatever address, has the table again: {@link
 * dev.luo.examples.memorycache.table.ItemTable#open}. That is all a cache needs to outlive its JVM.
 *
 * <p>From the outside in: {@code ItemTable} is what callers see; {@code Index} finds an item by its
 * key, {@code Recency} knows which was used least recently, {@code BlockHeap} hands out and takes
 * back memory, {@code Layout} says where all of that lies, {@code Verifier} checks that it fits
 * together.
 */
@NullMarked
package dev.luo.examples.memorycache.table;

import org.jspecify.annotations.NullMarked;
