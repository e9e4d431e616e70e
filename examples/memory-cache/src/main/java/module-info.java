// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** A memcached that survives its own replacement. */
module dev.luo.examples.memorycache {
  requires dev.luo.core;
  requires static org.jspecify;
}
