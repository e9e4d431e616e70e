// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

import dev.luo.core.ImageRefusedException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads an extension: records of one size, back to back, over as many pages as it takes. */
final class TableReader implements Place {

  /** They are read into arrays. */
  private static final int MAX_RECORDS = Integer.MAX_VALUE - 8;

  private final ImageBytes bytes;
  private final Findings findings;
  private final @Nullable Extension extension;
  private final int type;
  private final int recordSize;
  private final int size;
  private final Page page = new Page();
  private final CRC32C crc = new CRC32C();
  private int read;
  private int used = PAGE_SIZE;

  /** Starts to read an extension; one that is not there has no records. */
  TableReader(
      ImageBytes bytes, ExtensionDirectory directory, int type, int recordSize, Findings findings)
      throws ImageRefusedException {
    this.bytes = bytes;
    this.findings = findings;
    this.extension = directory.find(type);
    this.type = type;
    this.recordSize = recordSize;
    this.size = extension == null ? 0 : size(extension, recordSize);
  }

  private int size(Extension present, int divisor) throws ImageRefusedException {
    long records = present.byteSize() / divisor;
    if (present.byteSize() % divisor != 0 || records > MAX_RECORDS) {
      findings.error(this, 0, "length", present.byteSize() + " bytes of records of " + divisor);
    }
    return (int) Math.min(records, MAX_RECORDS);
  }

  /**
   * Returns how many records there are; each of them takes memory, so arrays of that size are in
   * order.
   */
  int size() {
    return size;
  }

  /**
   * Goes to the next record and returns where it stands in {@link #page}.
   *
   * @return -1 if there is none left
   */
  int next() throws ImageRefusedException {
    if (extension == null || read == size) {
      error(0, "length", "there are " + size + " records, and more are needed");
      return -1;
    }
    if (used == PAGE_SIZE) {
      page.load(bytes, address());
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

  /** Reports what is wrong in the record that was read last. */
  void error(int at, String field, String what) throws ImageRefusedException {
    findings.error(where(), recordAddress() + at, field, what);
  }

  /**
   * Checks that nothing is left over, and that what was read is what the checksum was computed of.
   */
  void end() throws ImageRefusedException {
    if (read != size) {
      error(0, "length", "there are " + size + " records, and only " + read + " are in order");
      return;
    }
    if (extension == null) {
      return;
    }
    if (!page.isZero(used, PAGE_SIZE)) {
      error(recordSize, "rest", "the rest of the last page is not zero");
    }
    if ((int) crc.getValue() != extension.checksum()) {
      error(0, "pages", "it was changed while it was read");
    }
  }

  @Override
  public String where() {
    return read == 0 ? Extension.name(type) : Extension.name(type) + ", record " + index();
  }

  @Override
  public long address() {
    return extension == null ? 0 : extension.offset() + ((long) read * recordSize & -PAGE_SIZE);
  }

  private long recordAddress() {
    return extension == null ? 0 : extension.offset() + (long) Math.max(index(), 0) * recordSize;
  }
}
