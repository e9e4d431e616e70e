// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The report of an update: begun by the predecessor, handed over in a block of handover memory,
 * finished and read by the successor, and handed on by it.
 *
 * <p>The happy path:
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.report.Departures} counts the attempt, and takes note of files
 *       that will not cross; {@link dev.luo.core.internal.report.HandlerTimes} of how long the
 *       handlers take.
 *   <li>Before the workload is paused, the predecessor writes the reports of the updates that led
 *       to it into the block ({@link dev.luo.core.internal.report.ReportBlock}); just before it
 *       departs, its part of the report of this one.
 *   <li>The successor adds its own part ({@link dev.luo.core.internal.report.ArrivalReport}). It
 *       reads the block when somebody asks for the report, or when the memory is given up, not on
 *       the way there.
 * </ol>
 *
 * <p>The unhappy paths:
 *
 * <ol>
 *   <li>The update is refused: {@code Departures} keeps the report for whoever asks in the
 *       predecessor. The successor of a later attempt learns of it.
 *   <li>A block that cannot be read costs the reports and nothing else.
 *   <li>There is more to say than room: entries of lists are left out, numbers never.
 * </ol>
 *
 * <p>Each class has a lock of its own, held for a moment; {@code ArrivalReport} and {@code
 * Departures} take that of {@code HandlerTimes}.
 */
@NullMarked
package dev.luo.core.internal.report;

import org.jspecify.annotations.NullMarked;
