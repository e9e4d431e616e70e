// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of the handler for listening sockets. */
@NullMarked
package dev.luo.examples.memorycache.handler;

import org.jspecify.annotations.NullMarked;
