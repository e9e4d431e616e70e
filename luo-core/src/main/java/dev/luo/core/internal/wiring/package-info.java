// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * How the parts are put together: by Dagger, which appears nowhere else but as {@code @Inject} on
 * internal constructors.
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.wiring.Opening} answers a dry start, looks for what was handed
 *       over, and builds one object graph for one open luo.
 *   <li>{@code LuoComponent} is that graph; {@code Orchestrator} its root, the luo that the
 *       embedder gets.
 * </ol>
 */
@NullMarked
package dev.luo.core.internal.wiring;

import org.jspecify.annotations.NullMarked;
