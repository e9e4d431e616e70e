// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Calls into code that is not luo's: the operations of handlers and of shared state.
 *
 * <ol>
 *   <li>Whoever moves a file or shared state makes a context ({@link
 *       dev.luo.core.internal.descriptor.Call}) and passes the operation to {@link
 *       dev.luo.core.internal.callback.Callbacks}, with the {@link
 *       dev.luo.core.internal.callback.Subject} that it is an operation of.
 *   <li>While it runs it is a {@link dev.luo.core.internal.callback.CallUnderWay}, which others can
 *       see.
 *   <li>Its end is told to the {@link dev.luo.core.internal.callback.CallObserver}.
 * </ol>
 *
 * <p>Unhappy paths:
 *
 * <ol>
 *   <li>An operation that may fail does: the subject says what its caller gets to see.
 *   <li>One that must not fail does: it is logged as a bug, and the next step is taken.
 *   <li>One does not come back: {@link dev.luo.core.internal.callback.Attendance} interrupts it,
 *       and then gives it up, if it was made on a thread of that; its observer is told at that
 *       moment. Should it come back all the same, {@link
 *       dev.luo.core.internal.callback.GivenUpException} ends its thread before it touches
 *       anything.
 * </ol>
 *
 * <p>No locks are taken here, and whichever the caller has are held during the operation.
 */
@NullMarked
package dev.luo.core.internal.callback;

import org.jspecify.annotations.NullMarked;
