// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.COMPATIBLE_WIDTH;

import dev.luo.core.ImageRefusedException;
import dev.luo.spi.Compatible;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Compatible strings in fields of 48 bytes. A program has a handful of them and hundreds of
 * thousands of files, so each is encoded, or checked and decoded, once. Not thread-safe.
 */
final class CompatibleFields {

  /**
   * How many are looked through; a program with more formats than this pays for decoding them
   * again.
   */
  private static final int REMEMBERED = 16;

  private static final String FIELD = "compatible";

  /** Stands for one in an inspection. */
  private static final String UNREADABLE = "?";

  private final Map<String, byte[]> encoded = new HashMap<>();

  private final byte[][] fields = new byte[REMEMBERED][];
  private final Compatible[] values = new Compatible[REMEMBERED];
  private int known;
  private int latest;

  void write(Page page, int at, Compatible compatible) {
    byte[] field = encoded.get(compatible.value());
    if (field == null) {
      field =
          Arrays.copyOf(compatible.value().getBytes(StandardCharsets.US_ASCII), COMPATIBLE_WIDTH);
      encoded.put(compatible.value(), field);
    }
    System.arraycopy(field, 0, page.bytes(), at, COMPATIBLE_WIDTH);
  }

  /** Reads a field that may hold anything (LUO-DES-18). */
  Compatible read(Page page, int at, Place place, Findings findings) throws ImageRefusedException {
    for (int tried = 0, i = latest; tried < known; tried++, i = (i + 1) % known) {
      if (Arrays.equals(page.bytes(), at, at + COMPATIBLE_WIDTH, fields[i], 0, COMPATIBLE_WIDTH)) {
        latest = i;
        return values[i];
      }
    }
    Compatible compatible = decode(page, at, place, findings);
    latest = known < REMEMBERED ? known++ : (latest + 1) % REMEMBERED;
    fields[latest] = Arrays.copyOfRange(page.bytes(), at, at + COMPATIBLE_WIDTH);
    values[latest] = compatible;
    return compatible;
  }

  private static Compatible decode(Page page, int at, Place place, Findings findings)
      throws ImageRefusedException {
    int length = TextField.length(page, at, COMPATIBLE_WIDTH, place, FIELD, findings);
    byte[] bytes = page.bytes();
    for (int i = at; i < at + length; i++) {
      if (bytes[i] <= ' ' || bytes[i] >= 0x7f) {
        findings.error(
            place, at, FIELD, "no compatible string: " + TextField.quoted(page, at, length));
        return new Compatible(UNREADABLE);
      }
    }
    return length == 0 || length > Compatible.MAX_BYTES
        ? new Compatible(UNREADABLE)
        : new Compatible(new String(bytes, at, length, StandardCharsets.US_ASCII));
  }
}
