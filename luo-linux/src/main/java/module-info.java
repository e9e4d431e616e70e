// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/** Linux system calls for the JVM, by {@code java.lang.foreign}. */
module dev.luo.linux {
  requires static transitive org.jspecify;
}
