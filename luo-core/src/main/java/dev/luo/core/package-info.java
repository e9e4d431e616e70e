// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What an embedder uses: open luo, create or retrieve sessions, preserve or retrieve files in them,
 * and replace the process.
 *
 * <p>Start with {@link dev.luo.core.LiveUpdate}. Then follow one descriptor:
 *
 * <ol>
 *   <li>{@link dev.luo.core.LiveUpdate#open}, the first thing {@code main} does. Nothing was handed
 *       over: {@link dev.luo.core.LiveUpdate#incoming()} is empty.
 *   <li>{@link dev.luo.core.LiveUpdate#createSession} and {@link
 *       dev.luo.core.OutgoingSession#preserve} name the descriptor: a session, a token.
 *   <li>{@link dev.luo.core.LiveUpdate#update} pauses the workload ({@link dev.luo.core.Quiescer}),
 *       freezes every file, and crosses. It returns only by an exception, and then nothing has
 *       changed.
 *   <li>In the successor {@code open} finds what was handed over; {@link
 *       dev.luo.core.LiveUpdate#retrieveSession} and {@link dev.luo.core.IncomingSession#retrieve}
 *       give the descriptor back under the same names.
 *   <li>{@link dev.luo.core.LiveUpdate#resumed()} says that the workload runs again, {@link
 *       dev.luo.core.IncomingSession#finish} that the record is no longer needed.
 * </ol>
 *
 * <p>Every failure is a {@link dev.luo.spi.LuoException} that says what to do now; so is a name
 * that cannot name a session or a participant, as names often come from outside. Misuse is an
 * unchecked exception: null, a closed session, {@link dev.luo.core.Options} that say nonsense. So
 * is {@link dev.luo.core.NotRefreshedException}, the failure of the program's own code. Everything
 * is thread-safe and may be called from virtual threads.
 */
@NullMarked
package dev.luo.core;

import org.jspecify.annotations.NullMarked;
