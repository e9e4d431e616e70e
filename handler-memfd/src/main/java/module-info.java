// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Preserves memfd descriptors. */
module dev.luo.handler.memfd {
  requires dev.luo.spi;
  requires static org.jspecify;
}
