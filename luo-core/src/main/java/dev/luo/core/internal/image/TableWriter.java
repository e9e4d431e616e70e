// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/** Writes an extension: records of one size, back to back, over as many pages as it takes. */
final class TableWriter {

  private final MemorySegment memory;
  private final int type;
  private final int recordSize;
  private final long offset;
  private final Page page = new Page();
  private final CRC32C crc = new CRC32C();
  private long next;
  private int used;

  /**
   * Starts an extension.
   *
   * @param recordSize a divisor of the page size, so that no record lies in two pages
   */
  TableWriter(MemorySegment memory, int type, int recordSize, long offset) {
    this.memory = memory;
    this.type = type;
    this.recordSize = recordSize;
    this.offset = offset;
    this.next = offset;
  }

  /** Begins a record, all zero, and returns where it stands in {@link #page}. */
  int add() {
    if (used == PAGE_SIZE) {
      flush();
    }
    int at = used;
    used += recordSize;
    return at;
  }

  Page page() {
    return page;
  }

  /** Completes the extension, which has at least one record. */
  Extension end(boolean mandatory) {
    long byteSize = next - offset + used;
    flush();
    return new Extension(
        type, Extension.VERSION_1, mandatory, offset, byteSize, (int) crc.getValue());
  }

  private void flush() {
    page.addTo(crc);
    page.store(memory, next);
    page.clear();
    next += PAGE_SIZE;
    used = 0;
  }
}
