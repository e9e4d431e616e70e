// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

import java.util.Map;

/** What a server knows about itself, for the answer to {@code stats}. */
@FunctionalInterface
public interface Statistics {
  /** Returns names and values in the order in which they are to be shown. */
  Map<String, String> current();
}
