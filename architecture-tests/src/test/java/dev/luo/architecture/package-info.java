// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Rules across modules that neither the compiler nor the module system states: who may depend on
 * whom, what stays inside, and what the published artifacts look like from outside.
 */
@NullMarked
package dev.luo.architecture;

import org.jspecify.annotations.NullMarked;
