// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** The memfd handler as a successor calls it, with a predecessor that wrote something else. */
@NullMarked
package dev.luo.fuzz.memfd;

import org.jspecify.annotations.NullMarked;
