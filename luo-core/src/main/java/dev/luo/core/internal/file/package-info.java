// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * One file's way through an update: {@code preserve} → {@code freeze} in the predecessor, {@code
 * retrieve} → {@code verify} → {@code finish} in the successor.
 *
 * <p>Happy path:
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.file.OutgoingFiles#preserve} duplicates the descriptor, finds
 *       the handler, claims the identity of the thing, acquires the handler's FLBs and calls {@code
 *       preserve}. What is known of the file from then on is an {@link
 *       dev.luo.core.internal.file.OutgoingFile}.
 *   <li>{@link dev.luo.core.internal.file.OutgoingFiles#freeze} calls {@code freeze} and takes over
 *       the handle; the image is then written from the {@code OutgoingFile}s.
 *   <li>{@link dev.luo.core.internal.file.IncomingFiles#retrieve} finds the handler by the record's
 *       compatible string and calls {@code retrieve}; the outcome, success or failure, is
 *       remembered in the {@link dev.luo.core.internal.file.IncomingFile}.
 *   <li>{@link dev.luo.core.internal.file.IncomingFiles#finish} calls {@code finish}, releases the
 *       FLBs and drops the carried descriptors.
 * </ol>
 *
 * <p>Unhappy paths:
 *
 * <ol>
 *   <li>Any step of preserve fails: the steps before it are undone in reverse, and the token is
 *       free.
 *   <li>{@code freeze} fails: the failing file is not unfrozen (LUO-SER-07); those that are frozen
 *       are, by the caller, to whom each file says whether it is.
 *   <li>{@code freeze} or {@code unfreeze} does not come back: the file is quarantined, and never
 *       touched again.
 *   <li>{@code retrieve} fails: the failure is answered again until somebody retries; the record
 *       and the carried descriptors stay.
 *   <li>Undo and clean-up callbacks cannot fail; one that throws all the same is logged and the
 *       next file is taken.
 * </ol>
 *
 * <p>Every callback goes through {@link dev.luo.core.internal.callback.Callbacks}, and gets a
 * context of its own that ends with the call ({@code …Call} classes), and with it the descriptors
 * it lent.
 *
 * <p>Lock order: gate of the sessions, then the session, then FLBs, then identities, carried
 * descriptors and memory, which are leaves.
 */
@NullMarked
package dev.luo.core.internal.file;

import org.jspecify.annotations.NullMarked;
