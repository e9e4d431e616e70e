// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Descriptors that cross, by slot: those that a handler carried in the predecessor, and the same
 * ones as they arrived in the successor.
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.descriptor.CarriedDescriptors} duplicates a descriptor, notes
 *       what it is, and gives it a number that is never given to another one.
 *   <li>The image lists slot, owner, kind and identity.
 *   <li>{@link dev.luo.core.internal.descriptor.ArrivedDescriptors} compares what arrived with that
 *       list before a handler borrows it, and closes it when its owner is finished.
 * </ol>
 *
 * <p>{@link dev.luo.core.internal.descriptor.Call} is what every context of a handler or FLB has in
 * common: it lends descriptors, and ends them with the call.
 *
 * <p>Lock order: both locks are leaves; descriptors are closed outside of them.
 */
@NullMarked
package dev.luo.core.internal.descriptor;

import org.jspecify.annotations.NullMarked;
