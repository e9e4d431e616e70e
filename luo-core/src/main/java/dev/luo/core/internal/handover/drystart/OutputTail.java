// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import java.nio.charset.Charset;

/** The last of what a process wrote, however much it was. */
final class OutputTail {
  private final byte[] ring;
  private long written;

  OutputTail(int capacity) {
    this.ring = new byte[capacity];
  }

  void append(byte[] bytes) {
    for (byte each : bytes) {
      ring[(int) (written++ % ring.length)] = each;
    }
  }

  /** Returns it as text, with a mark at the front if there was more. */
  String text(Charset charset) {
    if (written <= ring.length) {
      return new String(ring, 0, (int) written, charset);
    }
    byte[] ordered = new byte[ring.length];
    int start = (int) (written % ring.length);
    System.arraycopy(ring, start, ordered, 0, ring.length - start);
    System.arraycopy(ring, 0, ordered, ring.length - start, start);
    return "[…] " + new String(ordered, charset);
  }
}
