// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PCI device is. The domain has more than 16 bits behind some controllers.
 *
 * @param function bus, device and function as one number of 16 bits
 */
record PciAddress(int domain, int function) {

  private static final Pattern TEXT =
      Pattern.compile("([0-9a-f]{4,8}):([0-9a-f]{2}):([01][0-9a-f])\\.([0-7])");

  private static final String SYSTEM_PATH = "vfio-device-syspath:";

  /**
   * Returns the address of the device behind a vfio descriptor; empty for mediated ones and other
   * files.
   */
  static Optional<PciAddress> of(Fd file) throws IOException {
    try (Fd.Hold held = file.hold()) {
      Path info = Path.of("/proc/self/fdinfo", Integer.toString(held.number()));
      for (String line : Files.readAllLines(info)) {
        if (line.startsWith(SYSTEM_PATH)) {
          Path device = Path.of(line.substring(SYSTEM_PATH.length()).strip()).getFileName();
          return device == null ? Optional.empty() : parse(device.toString());
        }
      }
      return Optional.empty();
    }
  }

  private static Optional<PciAddress> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int bus = Integer.parseInt(matcher.group(2), 16);
    int device = Integer.parseInt(matcher.group(3), 16);
    int function = Integer.parseInt(matcher.group(4), 16);
    return Optional.of(
        new PciAddress(
            Integer.parseUnsignedInt(matcher.group(1), 16), bus << 8 | device << 3 | function));
  }

  @Override
  public String toString() {
    return String.format(
        "%04x:%02x:%02x.%x", domain, function >>> 8, function >>> 3 & 0x1f, function & 7);
  }
}
