// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * A second specification that runs, and random games against it.
 *
 * <p>{@link dev.luo.core.model.Model} is what docs/specification.md says, in maps and lists. {@link
 * dev.luo.core.model.Luo} is luo, with real descriptors, memory and images. Both are a {@link
 * dev.luo.core.model.Subject}: {@link dev.luo.core.model.Game} makes the same {@link
 * dev.luo.core.model.Step steps} on both and compares after each of them what the caller was
 * answered, which callbacks were made in which order, which sessions and tokens there are, and what
 * is held of handover memory and descriptors. {@link dev.luo.core.model.Campaign} makes steps up
 * from a seed, and {@link dev.luo.core.model.Shrinker} makes what fails short.
 *
 * <p>A new operation of luo is a method in {@code Subject}, one in {@code Model} and {@code Luo}
 * each, and a constant of {@link dev.luo.core.model.Operation}.
 */
@NullMarked
package dev.luo.core.model;

import org.jspecify.annotations.NullMarked;
