// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.linux.StatusFlags;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Restored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts right what a kernel forgets about a memory that it hands over, as far as that can be done
 * from outside.
 *
 * <p>The kernel makes a new file around the old pages. It has size and position, and the seals of
 * preserve; but it is open for reading and writing, has mode 0777, no flags and no name
 * (LUO-MFD-16, 18, 20, 21). Each step looks at what is there first, so that a second attempt does
 * no harm. What cannot be put right is noted.
 *
 * <p>The order matters: opening anew needs permissions that the mode may take away; the mode cannot
 * change any more once the execute bits are sealed; and those are not sealed while any is set,
 * since that would seal the memory against writing.
 */
final class KernelRepair {
  private final Fd arrived;
  private final MemfdRecord record;
  private final FrozenPart frozen;
  private final List<String> missing = new ArrayList<>();

  private KernelRepair(Fd arrived, MemfdRecord record, FrozenPart frozen) {
    this.arrived = arrived;
    this.record = record;
    this.frozen = frozen;
  }

  /**
   * Repairs a memory.
   *
   * @param arrived the descriptor that the kernel gave back
   * @return that descriptor, or another one with the access mode of the original
   * @throws HandlerException EIO if the memory is not as large as it was
   */
  static Restored repair(Fd arrived, MemfdRecord record, FrozenPart frozen)
      throws HandlerException, IOException {
    return new KernelRepair(arrived, record, frozen).repair();
  }

  private Restored repair() throws HandlerException, IOException {
    requireSize();
    Fd file = withAccessMode();
    boolean done = false;
    try {
      restoreMode();
      restoreSeals();
      restoreFlags(file);
      FileIo.position(file, frozen.position());
      done = true;
    } finally {
      if (!done && file != arrived) {
        file.close();
      }
    }
    if (record.name() != null) {
      missing.add("the name \"" + printable(record.name()) + "\" is lost");
    }
    return missing.isEmpty()
        ? Restored.rebuilt(file, "a new file with the old pages; holes are filled")
        : Restored.degraded(file, String.join("; ", missing));
  }

  private void requireSize() throws HandlerException, IOException {
    long found = FileIo.size(arrived);
    if (found != frozen.byteSize()) {
      throw new HandlerException(
          "the kernel handed over " + found + " of " + frozen.byteSize() + " bytes",
          Errno.EIO,
          Recovery.START_COLD);
    }
  }

  private Fd withAccessMode() throws LinuxException {
    if (record.hasAccessModeOf(arrived.statusFlags())) {
      return arrived;
    }
    try {
      return Open.again(
          arrived, frozen.statusFlags().isWritable() ? OpenFlag.WRITE_ONLY : OpenFlag.READ_ONLY);
    } catch (LinuxException refused) {
      missing.add(
          "it is open for reading and writing, not "
              + record.statusFlags()
              + ": "
              + refused.getMessage());
      return arrived;
    }
  }

  private void restoreMode() throws IOException {
    int found = MemfdState.of(arrived).mode();
    if (found == frozen.mode()) {
      return;
    }
    try (Fd.Hold held = arrived.hold()) {
      Files.setAttribute(Path.of("/proc/self/fd/" + held.number()), "unix:mode", frozen.mode());
    } catch (IOException refused) {
      missing.add(
          "its mode is "
              + octal(found)
              + ", not "
              + octal(frozen.mode())
              + ": "
              + refused.getMessage());
    }
  }

  private void restoreSeals() throws LinuxException {
    MemfdState found = MemfdState.of(arrived);
    SealSet absent = new SealSet(frozen.seals().bits() & ~found.seals().bits());
    boolean executable = (found.mode() & MemfdState.EXECUTE) != 0;
    if (absent.contains(Seal.EXEC) && executable && !frozen.seals().contains(Seal.WRITE)) {
      absent = absent.without(Seal.EXEC);
    }
    if (absent.bits() != 0) {
      addSeals(absent);
    }
    SealSet now = Memfd.seals(arrived);
    if (now.bits() != frozen.seals().bits()) {
      missing.add("it is sealed with " + now + ", not " + frozen.seals());
    }
  }

  private void addSeals(SealSet absent) throws LinuxException {
    try {
      Memfd.addSeals(arrived, absent);
    } catch (LinuxException refused) {
      // Linux 6.19 forgets the seals and seals the file against sealing; the comparison that
      // follows notes it.
      if (!refused.errno().equals(Errno.EPERM)) {
        throw refused;
      }
    }
  }

  private void restoreFlags(Fd file) throws LinuxException {
    StatusFlags found = file.statusFlags();
    if (found.equals(frozen.statusFlags())) {
      return;
    }
    try {
      file.statusFlags(frozen.statusFlags());
    } catch (LinuxException refused) {
      missing.add(
          "its flags are " + found + ", not " + frozen.statusFlags() + ": " + refused.getMessage());
    }
  }

  private static String octal(int mode) {
    return "0" + Integer.toOctalString(mode);
  }

  /** Whoever created the memory chose the name, and it goes into logs. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }
}
