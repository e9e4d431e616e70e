// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Handlers on paper: the acceptance test of {@link dev.luo.spi}. Five kinds of file, chosen because
 * each strains another part of the interface, are carried over as the author of a real handler
 * would do it, with the numbers and layouts of the kernel. What hardware there is runs them; where
 * there is none, that they compile without a cast is the test. {@code docs/paper-handlers.md} walks
 * through them.
 */
@NullMarked
package dev.luo.spi.paper;

import org.jspecify.annotations.NullMarked;
