// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** A memcached that survives its own replacement. */
module dev.luo.examples.memorycache {
  requires com.fasterxml.jackson.jr.ob;
  requires dev.luo.core;
  requires info.picocli;
  requires static org.jspecify;

  opens dev.luo.examples.memorycache.demo to
      info.picocli;

  provides dev.luo.spi.FileHandler with
      dev.luo.examples.memorycache.handler.ListeningSocketHandler;
}
