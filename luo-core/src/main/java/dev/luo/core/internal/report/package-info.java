// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The report of an update: begun by the predecessor, handed over in a block of handover memory,
 * finished and read by the successor.
 *
 * <ol>
 *   <li>The predecessor allocates the block with its image and writes it for the last time just
 *       before it departs ({@link dev.luo.core.internal.report.ReportBlock}).
 *   <li>The successor adds its own phases ({@link dev.luo.core.internal.report.ArrivalReport}). It
 *       reads the block when somebody asks for the report, not on the way there.
 * </ol>
 *
 * <p>A block that cannot be read costs the report and nothing else.
 */
@NullMarked
package dev.luo.core.internal.report;

import org.jspecify.annotations.NullMarked;
