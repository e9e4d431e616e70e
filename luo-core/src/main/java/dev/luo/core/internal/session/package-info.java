// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Named groups of files, and the update of all of them.
 *
 * <p>Happy path, predecessor:
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.session.OutgoingSessions} creates a session under a name that
 *       no other has; {@link dev.luo.core.internal.session.PreservingSession} keeps its files in
 *       the order of preserve.
 *   <li>{@link dev.luo.core.internal.session.Freeze} pauses the workload, closes the gate, freezes
 *       every file, sessions in the order of creation and files oldest first (LUO-SER-02), and
 *       publishes the image. Handlers are called by a thread that can be given up ({@link
 *       dev.luo.core.internal.callback.Attendance}).
 * </ol>
 *
 * <p>Happy path, successor:
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.session.Arrival} reads the image that was handed over.
 *   <li>{@link dev.luo.core.internal.session.IncomingSessions} gives out its sessions one by one;
 *       {@link dev.luo.core.internal.session.ReceivedSession} is the state of one, {@link
 *       dev.luo.core.internal.session.ClaimedSession} the claim that an embedder holds on it.
 * </ol>
 *
 * <p>From one to the other: a renewed session is preserved again, file by file, in an outgoing one
 * of the same name, and then finished ({@code ReceivedSession.renew}).
 *
 * <p>Unhappy paths:
 *
 * <ol>
 *   <li>A file refuses to freeze: in its session the files before it are unfrozen oldest first,
 *       then the earlier sessions in reverse (LUO-SER-06 to LUO-SER-10); the gate opens and the
 *       workload runs.
 *   <li>An optional file refuses to freeze: it stays behind, with the files that cannot be rebuilt
 *       without it, and the update goes on.
 *   <li>A handler does not come back: its file is quarantined, everything else is unfrozen. Nothing
 *       that the file has is closed or given out again, whatever becomes of its session.
 *   <li>A claim is closed with files not retrieved: the session can be claimed again.
 *   <li>A file of a renewed session cannot be preserved again: those that were are unpreserved, and
 *       the incoming session is as it was.
 *   <li>A handler is missing: its files cannot be retrieved, the others can; nothing is lost.
 * </ol>
 *
 * <p>Lock order: {@link dev.luo.core.internal.session.Gate} (shared by every call to a session,
 * exclusive for a freeze), then one session (of a renewal both, the incoming one first), which is
 * held during callbacks except those of a freeze, then the tables of names and files, which are
 * not. See {@code internal.file} for what is below.
 */
@NullMarked
package dev.luo.core.internal.session;

import org.jspecify.annotations.NullMarked;
