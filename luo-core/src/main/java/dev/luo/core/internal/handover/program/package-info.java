// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What is run: the command of this process and that of its successor, found so exactly that they
 * can be started again, and the variables by which a started program learns what it inherits.
 */
@NullMarked
package dev.luo.core.internal.handover.program;

import org.jspecify.annotations.NullMarked;
