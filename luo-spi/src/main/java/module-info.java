// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** The service provider interface of luo: what the author of a file handler sees. */
module dev.luo.spi {
  requires transitive dev.luo.linux;
  requires static transitive org.jspecify;

  exports dev.luo.spi;
}
