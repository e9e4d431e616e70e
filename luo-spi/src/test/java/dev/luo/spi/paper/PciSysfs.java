// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Recovery;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds a device by its address: the number in {@code vfioN} changes with every kernel. */
final class PciSysfs {

  private static final int LEAST_CONFIG_BYTES = 0x30;

  private PciSysfs() {}

  /** Reads the identity without binding, as binding resets. */
  static Vfio.Identity identity(PciAddress address) throws IOException, HandlerException {
    byte[] config = Files.readAllBytes(folder(address).resolve("config"));
    if (config.length < LEAST_CONFIG_BYTES) {
      throw new HandlerException("configuration of " + address + " cannot be read", Errno.EACCES);
    }
    MemorySegment registers = MemorySegment.ofArray(config);
    return new Vfio.Identity(
        registers.get(RecordWriter.U32, 0),
        registers.get(RecordWriter.U32, 8),
        registers.get(RecordWriter.U32, 0x2C));
  }

  /** Opens the character device of vfio-pci. */
  static Fd open(PciAddress address) throws IOException, HandlerException {
    Path devices = folder(address).resolve("vfio-dev");
    if (!Files.isDirectory(devices)) {
      throw new HandlerException(
          "device " + address + " is not driven by vfio-pci",
          Errno.ENODEV,
          Recovery.PROVIDE_MISSING);
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(devices, "vfio*")) {
      for (Path name : names) {
        return Open.file("/dev/vfio/devices/" + name.getFileName(), OpenFlag.READ_WRITE);
      }
    }
    throw new HandlerException("device " + address + " has no character device", Errno.ENODEV);
  }

  private static Path folder(PciAddress address) throws HandlerException {
    Path folder = Path.of("/sys/bus/pci/devices", address.toString());
    if (!Files.isDirectory(folder)) {
      throw new HandlerException(
          "device " + address + " is gone", Errno.ENODEV, Recovery.START_COLD);
    }
    return folder;
  }
}
