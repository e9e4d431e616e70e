// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * State shared by several files ("FLB"): saved with the first file, released with the last.
 *
 * <p>Happy path:
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.flb.OutgoingFlbs#acquire} counts a new file's FLBs, in the
 *       order in which its handler names them, and preserves those that were not in use (LUO-FLB-11
 *       to LUO-FLB-13).
 *   <li>{@link dev.luo.core.internal.flb.OutgoingFlbs#release} counts down in reverse, and
 *       unpreserves at zero.
 *   <li>The counts cross. {@link dev.luo.core.internal.flb.IncomingFlbs} loads them with the image,
 *       so that the last finished file finishes the FLB even if nobody ever asked for it
 *       (LUO-FLB-31).
 * </ol>
 *
 * <p>Whoever is no handler gets a counted {@link dev.luo.core.internal.flb.CountedReference}; it
 * keeps the state beside the files, on either side.
 *
 * <p>Unhappy paths:
 *
 * <ol>
 *   <li>An FLB's preserve fails: those counted for the same file are released in reverse, the
 *       failing one is not unpreserved (LUO-FLB-14).
 *   <li>An FLB's retrieve fails: the failure is answered to everybody who asks, and finish is not
 *       called (LUO-FLB-26, LUO-FLB-32).
 *   <li>An FLB did not cross: asking for it fails, finishing its files does not (LUO-FLB-34).
 * </ol>
 *
 * <p>Lock order: one lock a direction, taken inside a session's, held during FLB callbacks so that
 * they never overlap; identities, carried descriptors and memory are leaves below it.
 */
@NullMarked
package dev.luo.core.internal.flb;

import org.jspecify.annotations.NullMarked;
