// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * A cache that speaks the memcached text protocol and can be replaced by its next version without
 * losing an item or refusing a client.
 *
 * <p>{@code MemoryCache} is the program and shows the order of things; {@code Estate} is what
 * outlives it, the only class here that knows sessions and tokens; {@code ServerQuiescer} stands
 * still when asked to; {@code ControlSocket} and {@code Commands} are how an operator asks for an
 * update. The rest of the cache, in the packages below, is an ordinary program and knows nothing of
 * updates.
 */
@NullMarked
package dev.luo.examples.memorycache;

import org.jspecify.annotations.NullMarked;
