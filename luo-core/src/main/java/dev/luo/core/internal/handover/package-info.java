// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The crossing from a predecessor to its successor, as far as it is about processes and
 * descriptors. What is in the image is the business of {@code internal.image}; what is frozen, that
 * of the {@link dev.luo.core.internal.handover.FreezableState}. {@code docs/exec.md} tells the same
 * story to people who operate it.
 *
 * <p>The happy path of {@link dev.luo.core.internal.handover.ExecUpdate}:
 *
 * <ol>
 *   <li>The successor's command is resolved to a file that can be executed.
 *   <li><em>Dry start</em>: that very command runs as a child up to {@code LiveUpdate.open},
 *       describes itself and halts. The description is compared with what the files demand.
 *   <li>If a guardian is wanted, it is started and warmed; it knows what to return to and watches
 *       this process.
 *   <li>{@code execve} is called some times for nothing, so that the real call finds everything
 *       linked. What luo and the JDK hold in buffers is flushed.
 *   <li>The state is frozen: the workload stands still from here on, and the image is published.
 *       What was preserved since the dry start is held against the description once more.
 *   <li>The guardian gets image and descriptors, and is armed.
 *   <li>What has come into the buffers since is flushed. No code but this package's runs in this
 *       process any more.
 *   <li>Every descriptor from 3 up is set to be closed on exec; then the flag is cleared on image,
 *       carried descriptors and the link to the guardian. They keep their numbers: the image names
 *       them.
 *   <li>{@code execve}, with an empty signal mask and no signal ignored that should not be. The
 *       environment tells the number of the image, the process id and a nonce.
 *   <li>In the successor {@link dev.luo.core.internal.handover.Inheritance} finds the image. When
 *       the workload runs again, the guardian is stood down and reaped.
 * </ol>
 *
 * <p>The unhappy paths, by the step in which they begin:
 *
 * <ol>
 *   <li>No such program (step 1), one that does not come to luo or lacks a handler (2), no guardian
 *       (3), a stream that cannot be flushed (4): the update is refused, everything that was
 *       started has ended, and nothing was frozen.
 *   <li>The freeze fails (5): the state has thawed itself; the guardian is dismissed. It takes too
 *       long, the update is called off, or a handler is missing by now: it is undone.
 *   <li>A stream cannot be flushed in what is left of the freeze's time (7): the guardian is
 *       dismissed, the state is thawed.
 *   <li>The guardian cannot be armed (6): it is dismissed, and the state is thawed.
 *   <li>The sweep or {@code execve} fails (8, 9): every flag is put back as it was, the guardian is
 *       dismissed, the state is thawed.
 *   <li>The predecessor dies before step 6: there is nothing to return to but a cold start; the
 *       guardian ends.
 *   <li>The predecessor or the successor dies between 6 and the end of 10, or the deadline passes:
 *       the guardian makes sure that the process is dead and becomes the old program, with every
 *       descriptor under its old number.
 *   <li>The guardian dies: the update goes on without it.
 * </ol>
 *
 * <p>There are no locks: an update is one thread's work.
 */
@NullMarked
package dev.luo.core.internal.handover;

import org.jspecify.annotations.NullMarked;
