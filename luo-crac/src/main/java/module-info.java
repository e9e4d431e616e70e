// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Lets resources of org.crac take part in live updates. */
module dev.luo.crac {
  requires transitive dev.luo.core;
  requires transitive org.crac;
  requires static org.jspecify;

  exports dev.luo.crac;
}
