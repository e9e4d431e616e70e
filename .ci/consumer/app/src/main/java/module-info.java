// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** A program that embeds luo. */
module org.example.app {
  requires dev.luo.core;

  uses dev.luo.spi.FileHandler;
}
