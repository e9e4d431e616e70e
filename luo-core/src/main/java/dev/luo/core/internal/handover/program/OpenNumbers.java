// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.program;

import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** Which descriptors this process has open, whoever opened them. */
public final class OpenNumbers {
  private OpenNumbers() {}

  /**
   * Lists the numbers of all open descriptors, in no order. That of the listing itself is among
   * them, and is closed again.
   *
   * @throws LinuxException ENOENT if /proc cannot be read
   */
  public static int[] list() throws LinuxException {
    // A plain File: it asks nothing about the entries, of which there may be ten thousand.
    String @Nullable [] names = new File("/proc/self/fd").list();
    if (names == null) {
      throw new LinuxException(Errno.ENOENT, "readdir", "path=/proc/self/fd");
    }
    int[] numbers = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      numbers[i] = Integer.parseInt(names[i]);
    }
    return numbers;
  }
}
