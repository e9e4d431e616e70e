// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import java.io.IOException;
import java.util.List;

/** Compares a device with its record, and stops and starts it. */
final class VfioState {

  private VfioState() {}

  static PciAddress address(Fd device) throws LuoException, IOException {
    return PciAddress.of(device)
        .orElseThrow(
            () -> new CorruptRecordException("no PCI device of vfio: " + device.describe()));
  }

  static void checkIdentity(Fd device, VfioRecord record) throws LuoException, IOException {
    Vfio.Identity found = Vfio.identity(device);
    if (!found.equals(record.identity())) {
      throw new HandlerException(
          record.address() + " is " + found + ", recorded is " + record.identity(), Errno.ENODEV);
    }
  }

  static void checkInventory(Fd device, VfioRecord record) throws LuoException, LinuxException {
    if (!Vfio.inventory(device).equals(record.inventory())) {
      throw new CorruptRecordException(
          record.address() + " has other regions or interrupts than recorded");
    }
  }

  /** Switches bus and interrupts off, or changes nothing. */
  static void quiesce(Fd device, VfioRecord record, int command) throws IOException {
    Vfio.command(device, command & ~Vfio.COMMAND_BUS_MASTER);
    try {
      if (!record.eventFds().isEmpty()) {
        Vfio.disarm(device, record.irqIndex());
      }
    } catch (LinuxException | RuntimeException failed) {
      Vfio.command(device, command);
      throw failed;
    }
  }

  /** Undoes {@link #quiesce}: interrupts, then the bus, then one signal for what was missed. */
  static void start(Fd device, VfioRecord record, List<Fd> eventFds) throws IOException {
    if (!eventFds.isEmpty()) {
      Vfio.arm(device, record.irqIndex(), eventFds);
    }
    Vfio.command(device, record.command());
    if (!eventFds.isEmpty()) {
      Vfio.signal(device, record.irqIndex(), eventFds.size());
    }
  }
}
