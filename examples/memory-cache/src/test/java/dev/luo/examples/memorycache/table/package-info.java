// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of the table, from single operations to random sequences compared with a plain map. */
@NullMarked
package dev.luo.examples.memorycache.table;

import org.jspecify.annotations.NullMarked;
