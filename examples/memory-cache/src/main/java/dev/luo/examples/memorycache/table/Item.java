// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import java.lang.foreign.MemorySegment;

/**
 * What the table holds under a key.
 *
 * @param flags a number of the client's, opaque here, 32 bits without sign
 * @param cas a number that no other change of any item had or will have
 * @param value a view into the table, valid until its next operation
 */
public record Item(int flags, long cas, MemorySegment value) {}
