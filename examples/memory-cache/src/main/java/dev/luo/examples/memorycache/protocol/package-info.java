// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The memcached text protocol, without a socket in sight.
 *
 * <p>A {@link dev.luo.examples.memorycache.protocol.Conversation} takes bytes in at one end, in
 * whatever pieces they come, and has answers ready at the other. {@code RequestParser} cuts
 * requests out of the bytes, {@code CommandLine} reads the words of one line, {@code Request} is
 * what results. Wording and quirks are those of memcached 1.6, with which the tests compare them;
 * where this server is stricter, {@code RequestParser} says so.
 */
@NullMarked
package dev.luo.examples.memorycache.protocol;

import org.jspecify.annotations.NullMarked;
