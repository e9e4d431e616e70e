// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What others get to see of an update while it goes on.
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.observe.Observation} is told of calls, phases, files that are
 *       dropped or quarantined, and refusals, each by whoever is concerned with it, on its thread.
 *   <li>It passes that on: to the report, to the listeners that the embedder gave, to the flight
 *       recorder if one is in use, and to the log.
 *   <li>After an update it is told of the opening and of the phases until the workload ran only
 *       when that runs; until then the log is left alone, as it takes longer to come up than luo.
 * </ol>
 *
 * <p>Unhappy: a listener that throws is logged, and the next one is told.
 *
 * <p>There are no locks here, and none may be taken by a listener for long.
 */
@NullMarked
package dev.luo.core.internal.observe;

import org.jspecify.annotations.NullMarked;
