// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * For tests of programs and handlers: a predecessor and a successor in one JVM that share nothing
 * but a copy of the handover memory and duplicates of the descriptors. Not for production: nothing
 * is replaced here.
 */
@NullMarked
package dev.luo.core.testing;

import org.jspecify.annotations.NullMarked;
