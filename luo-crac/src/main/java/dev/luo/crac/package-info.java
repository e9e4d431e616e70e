// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Resources of {@code org.crac} in a live update: {@link dev.luo.crac.CracContext} is a context to
 * register with, a participant of the update, and what refreshes the successor.
 */
@NullMarked
package dev.luo.crac;

import org.jspecify.annotations.NullMarked;
