// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Moves bytes between sockets and conversations, and knows how to stand still.
 *
 * <p>One thread does everything: it waits for sockets, reads, answers, writes. So the table needs
 * no locks, and "nobody writes any more" is a state that the thread enters between two requests
 * rather than something to be negotiated between many. {@link
 * dev.luo.examples.memorycache.server.CacheServer#pause} enters it for an update.
 */
@NullMarked
package dev.luo.examples.memorycache.server;

import org.jspecify.annotations.NullMarked;
