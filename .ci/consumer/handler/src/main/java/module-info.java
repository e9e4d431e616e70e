// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** A handler of a third party. */
module org.example.pipes {
  requires dev.luo.spi;
  requires static org.jspecify;

  provides dev.luo.spi.FileHandler with
      org.example.pipes.PipeHandler;
}
