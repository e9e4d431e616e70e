// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Linux system calls for the JVM, by {@code java.lang.foreign}: descriptors, memory, sockets,
 * processes.
 *
 * <p>Needs {@code --enable-native-access=dev.luo.linux}, or on the class path {@code ALL-UNNAMED}.
 */
module dev.luo.linux {
  requires static transitive org.jspecify;

  exports dev.luo.linux;
  exports dev.luo.linux.process;
  exports dev.luo.linux.socket;
}
