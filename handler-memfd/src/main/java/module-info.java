// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Carries memfds and other nameless shared memory over a live update. */
module dev.luo.handler.memfd {
  requires dev.luo.spi;
  requires static org.jspecify;

  provides dev.luo.spi.FileHandler with
      dev.luo.handler.memfd.MemfdHandler;
}
