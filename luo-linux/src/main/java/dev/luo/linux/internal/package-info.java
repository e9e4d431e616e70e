// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The way into the kernel and the C library.
 *
 * <p>Only this package touches {@link java.lang.foreign.Linker} or gives addresses a size. It knows
 * numbers and memory, not errors: its results are the kernel's own, a negated error number for a
 * failure, and the exported packages turn those into exceptions before anybody sees them.
 */
@NullMarked
package dev.luo.linux.internal;

import org.jspecify.annotations.NullMarked;
