// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * A handler for listening sockets, as anybody could write and ship it: it sees {@code dev.luo.spi}
 * and {@code dev.luo.linux}, and nothing of this cache.
 */
@NullMarked
package dev.luo.examples.memorycache.handler;

import org.jspecify.annotations.NullMarked;
