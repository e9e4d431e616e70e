// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Shows the cache being replaced while it is in use, and checks from outside that nothing was lost.
 *
 * <p>{@code Demo} tells the story. {@code CacheProcess} is the cache as a child process, {@code
 * CacheClient} one connection to it. {@code Filling} is the mass of items that only has to be there
 * afterwards; {@code Writer} is the client that never stops and keeps account of every write that
 * was acknowledged. Values follow from key and sequence number ({@code Values}), so nothing but
 * numbers has to be remembered to check them.
 */
@NullMarked
package dev.luo.examples.memorycache.demo;

import org.jspecify.annotations.NullMarked;
