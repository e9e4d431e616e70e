// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

import dev.luo.core.ImageRefusedException;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads an extension: records of one size, back to back, over as many pages as it takes. */
final class TableReader implements Place {

  private final MemorySegment memory;
  private final @Nullable Extension extension;
  private final int type;
  private final int recordSize;
  private final int size;
  private final Page page = new Page();
  private final CRC32C crc = new CRC32C();
  private int read;
  private int used = PAGE_SIZE;

  /** Starts to read an extension; one that is not there has no records. */
  TableReader(MemorySegment memory, ExtensionDirectory directory, int type, int recordSize)
      throws ImageRefusedException {
    this.memory = memory;
    this.extension = directory.find(type);
    this.type = type;
    this.recordSize = recordSize;
    this.size = extension == null ? 0 : size(extension, recordSize);
  }

  private int size(Extension present, int divisor) throws ImageRefusedException {
    long records = present.byteSize() / divisor;
    if (present.byteSize() % divisor != 0 || records > Integer.MAX_VALUE - 8) {
      throw refuse(present.byteSize() + " bytes of records of " + divisor);
    }
    return (int) records;
  }

  /**
   * Returns how many records there are; each of them takes memory, so arrays of that size are in
   * order.
   */
  int size() {
    return size;
  }

  /** Goes to the next record and returns where it stands in {@link #page}. */
  int next() throws ImageRefusedException {
    if (extension == null || read == size) {
      throw refuse("there are " + size + " records, and more are needed");
    }
    if (used == PAGE_SIZE) {
      page.load(memory, extension.offset() + (long) read * recordSize);
      page.addTo(crc);
      used = 0;
    }
    int at = used;
    used += recordSize;
    read++;
    return at;
  }

  /** Returns the number of the record that was read last. */
  int index() {
    return read - 1;
  }

  Page page() {
    return page;
  }

  /**
   * Checks that nothing is left over, and that what was read is what the checksum was computed of.
   */
  void end() throws ImageRefusedException {
    if (read != size) {
      throw refuse("there are " + size + " records, and only " + read + " are in order");
    }
    if (extension == null) {
      return;
    }
    if (!page.isZero(used, PAGE_SIZE)) {
      throw refuse("the rest of the last page is not zero");
    }
    if ((int) crc.getValue() != extension.checksum()) {
      throw refuse("it was changed while it was read");
    }
  }

  @Override
  public String where() {
    return read == 0 ? Extension.name(type) : Extension.name(type) + ", record " + index();
  }
}
