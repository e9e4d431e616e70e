// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import java.lang.foreign.ValueLayout;

/** Memfds that can be told apart. */
final class Memfds {

  private Memfds() {}

  static Fd containing(long number) throws LinuxException {
    Fd memfd = Memfd.create("test-" + number);
    FileIo.truncate(memfd, 4096);
    try (Mapping mapping = Mapping.map(memfd, 4096)) {
      mapping.segment().set(ValueLayout.JAVA_LONG, 0, number);
    }
    return memfd;
  }

  static long number(Fd memfd) throws LinuxException {
    try (Mapping mapping = Mapping.map(memfd, 4096)) {
      return mapping.segment().get(ValueLayout.JAVA_LONG, 0);
    }
  }
}
