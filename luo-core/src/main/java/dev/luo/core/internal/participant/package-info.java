// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Libraries that take part in updates beside the program.
 *
 * <p>The happy path:
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.participant.Participants} lets one join under a name that no
 *       other has, with a {@link dev.luo.core.internal.participant.Scope} that gives it the
 *       sessions of that name, and lets it retrieve what came.
 *   <li>In an update each preserves, before the successor is tried.
 *   <li>The workload is paused: the program, then each participant in the order of joining. All of
 *       these are {@link dev.luo.core.internal.participant.WatchedCalls}.
 * </ol>
 *
 * <p>The unhappy paths:
 *
 * <ol>
 *   <li>One cannot retrieve: it has not joined; what came stays.
 *   <li>One cannot preserve: the update is refused before anything is paused.
 *   <li>One cannot pause, or the update is refused later: who was asked to pause is resumed, the
 *       last first and the program after all.
 *   <li>One does not come back: it is interrupted, then given up with its thread, which counts as a
 *       failure. It is called for no update before it is back, except to be resumed.
 * </ol>
 *
 * <p>The list has a lock of its own, under which nobody is called.
 */
@NullMarked
package dev.luo.core.internal.participant;

import org.jspecify.annotations.NullMarked;
