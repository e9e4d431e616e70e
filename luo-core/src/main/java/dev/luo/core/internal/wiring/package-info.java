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
 *       embedder gets. Where live update is switched off that is {@code SwitchedOff}, without a
 *       graph.
 *   <li>{@code Settling} is what is left of the update when the workload runs again: above all, to
 *       stand the guardian down. {@code Orchestrator} lets nothing go on beside a guardian that
 *       could not be taken back after the old program has been started.
 * </ol>
 */
@NullMarked
package dev.luo.core.internal.wiring;

import org.jspecify.annotations.NullMarked;
