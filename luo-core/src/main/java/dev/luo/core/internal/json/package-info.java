// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Text that programs read: what reports, checks and inspections say, as JSON. Only written, never
 * read; not used while the workload stands still.
 */
@NullMarked
package dev.luo.core.internal.json;

import org.jspecify.annotations.NullMarked;
