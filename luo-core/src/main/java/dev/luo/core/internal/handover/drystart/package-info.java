// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Finds out whether a program could take over, before anything is frozen for it.
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.handover.drystart.DryStart} starts the program as a child,
 *       with the very command line that will be executed, and a variable that names a pipe.
 *   <li>In the child {@code LiveUpdate.open} comes to {@link
 *       dev.luo.core.internal.handover.drystart.DryStartAnswer}, which writes a {@link
 *       dev.luo.core.internal.handover.drystart.SuccessorDescription} to the pipe and halts: the
 *       program has had no effect yet.
 *   <li>The predecessor compares the description with what its files {@linkplain
 *       dev.luo.core.internal.handover.drystart.Demands demand}.
 * </ol>
 *
 * <p>The child may end, keep silent, chatter or answer nonsense. In each case it is dead and reaped
 * when the verdict is given, the pipes are closed, and the verdict says which of these it was.
 */
@NullMarked
package dev.luo.core.internal.handover.drystart;

import org.jspecify.annotations.NullMarked;
