// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.internal.handover.program.OpenNumbers;
import dev.luo.linux.CloseRange;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which descriptors cross: those that are kept and the standard streams, whoever opened
 * what else. Nearly everything the JDK opens would cross otherwise.
 *
 * <p>What was changed is remembered by number, so that it can be put back as it was. A file that
 * another thread opens between the look and the sweep stays closed on exec after that, which nobody
 * notices: the JDK closes all descriptors in the children that it starts.
 */
final class DescriptorSweep implements AutoCloseable {
  private static final int FIRST = 3;

  private final List<Integer> inheritable = new ArrayList<>();
  private final List<Fd> closing = new ArrayList<>();

  private DescriptorSweep() {}

  /**
   * Marks all descriptors from 3 up to be closed on exec, except those to keep.
   *
   * @throws LinuxException EBADF if one that is to be kept is not open; everything is as it was
   *     then
   */
  static DescriptorSweep keep(List<Fd> kept) throws LinuxException {
    DescriptorSweep sweep = new DescriptorSweep();
    sweep.look(kept);
    try {
      CloseRange.closeOnExec(FIRST, CloseRange.LAST);
      for (Fd descriptor : kept) {
        descriptor.closeOnExec(false);
      }
      return sweep;
    } catch (LinuxException failure) {
      sweep.close();
      throw failure;
    }
  }

  private void look(List<Fd> kept) throws LinuxException {
    for (Fd descriptor : kept) {
      if (descriptor.closeOnExec()) {
        closing.add(descriptor);
      }
    }
    for (int number : OpenNumbers.list()) {
      if (number >= FIRST && isInheritable(number)) {
        inheritable.add(number);
      }
    }
  }

  private static boolean isInheritable(int number) throws LinuxException {
    Fd descriptor = Fd.adopt(number);
    try {
      return !descriptor.closeOnExec();
    } catch (LinuxException failure) {
      return unlessClosed(failure);
    } finally {
      descriptor.release();
    }
  }

  /** Puts every flag back as it was. */
  @Override
  public void close() throws LinuxException {
    for (int number : inheritable) {
      Fd descriptor = Fd.adopt(number);
      try {
        descriptor.closeOnExec(false);
      } catch (LinuxException failure) {
        unlessClosed(failure);
      } finally {
        descriptor.release();
      }
    }
    for (Fd descriptor : closing) {
      descriptor.closeOnExec(true);
    }
  }

  /** Other threads of the JVM go on, and may have closed what was open a moment ago. */
  private static boolean unlessClosed(LinuxException failure) throws LinuxException {
    if (!failure.errno().equals(Errno.EBADF)) {
      throw failure;
    }
    return false;
  }
}
