// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Tests of the demonstration, and with it of the whole cache in processes of its own. */
@NullMarked
package dev.luo.examples.memorycache.demo;

import org.jspecify.annotations.NullMarked;
