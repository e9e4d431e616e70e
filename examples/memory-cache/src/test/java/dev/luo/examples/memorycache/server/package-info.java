// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of the server over real sockets, with clients of our own and of others. */
@NullMarked
package dev.luo.examples.memorycache.server;

import org.jspecify.annotations.NullMarked;
