// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** The orchestrator: sessions, preserved files, the image, and the ways to a successor. */
module dev.luo.core {
  requires transitive dev.luo.spi;
  requires static transitive org.jspecify;
  requires dagger;
  requires jakarta.inject;
  requires static java.compiler;
  requires static jdk.jfr;

  exports dev.luo.core;
  exports dev.luo.core.inspect;
  exports dev.luo.core.testing;

  uses dev.luo.spi.FileHandler;
}
