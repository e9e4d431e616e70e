// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of the program around the cache. */
@NullMarked
package dev.luo.examples.memorycache;

import org.jspecify.annotations.NullMarked;
