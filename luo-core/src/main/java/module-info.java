// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** The orchestrator of live updates. */
module dev.luo.core {
  requires transitive dev.luo.spi;
  requires static transitive org.jspecify;
  requires dagger;
  requires jakarta.inject;
  requires static java.compiler;
}
