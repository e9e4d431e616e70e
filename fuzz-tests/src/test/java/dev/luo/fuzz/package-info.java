// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzing of everything that reads bytes it cannot vouch for.
 *
 * <ol>
 *   <li>A {@link dev.luo.fuzz.Target} is one reader and what has to hold of it. {@link
 *       dev.luo.fuzz.Targets} lists them.
 *   <li>{@link dev.luo.fuzz.CorpusTest} runs each over its {@link dev.luo.fuzz.Corpus}: seeds that
 *       today's writers make, and the files under {@code corpus}, each of which once led somewhere
 *       new.
 *   <li>{@link dev.luo.fuzz.MutationTest} changes these at random, bounded and reproducible.
 *   <li>{@code ./run} hands a target to Jazzer by {@link dev.luo.fuzz.JazzerDriver}, for as long as
 *       one likes.
 * </ol>
 *
 * <p>A target that needs what only its package sees stands in that package.
 */
@NullMarked
package dev.luo.fuzz;

import org.jspecify.annotations.NullMarked;
