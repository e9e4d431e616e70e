// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of the protocol: every request in every way its bytes can arrive, and beside memcached. */
@NullMarked
package dev.luo.examples.memorycache.protocol;

import org.jspecify.annotations.NullMarked;
