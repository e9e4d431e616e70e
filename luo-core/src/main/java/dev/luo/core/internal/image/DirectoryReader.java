// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.DirectoryLayout.CHECKSUM;
import static dev.luo.core.internal.image.DirectoryLayout.ENTRY_SIZE;
import static dev.luo.core.internal.image.DirectoryLayout.FLAGS;
import static dev.luo.core.internal.image.DirectoryLayout.FLAG_MANDATORY;
import static dev.luo.core.internal.image.DirectoryLayout.LENGTH;
import static dev.luo.core.internal.image.DirectoryLayout.OFFSET;
import static dev.luo.core.internal.image.DirectoryLayout.RESERVED;
import static dev.luo.core.internal.image.DirectoryLayout.TYPE;
import static dev.luo.core.internal.image.DirectoryLayout.VERSION;

import dev.luo.core.ImageRefusedException;
import org.jspecify.annotations.Nullable;

/** Reads the entries of the extension directory, one after the other. */
final class DirectoryReader implements Place {

  private final Page page;
  private final long directory;
  private final long memorySize;
  private final Findings findings;
  private int index = -1;
  private int before;

  /**
   * Starts at the first entry.
   *
   * @param page a copy of the directory
   * @param directory where it lies
   */
  DirectoryReader(Page page, long directory, long memorySize, Findings findings) {
    this.page = page;
    this.directory = directory;
    this.memorySize = memorySize;
    this.findings = findings;
  }

  /** Reads the next entry; null if it leads nowhere. */
  @Nullable Extension next() throws ImageRefusedException {
    index++;
    int at = index * ENTRY_SIZE;
    int flags = page.u16(at + FLAGS);
    if ((flags & ~FLAG_MANDATORY) != 0 || page.u32(at + RESERVED) != 0) {
      findings.error(this, at + FLAGS, "flags", "reserved bits are not zero");
    }
    Extension extension =
        new Extension(
            page.u32(at + TYPE),
            page.u16(at + VERSION),
            (flags & FLAG_MANDATORY) != 0,
            page.u64(at + OFFSET),
            page.u64(at + LENGTH),
            page.u32(at + CHECKSUM));
    String name = Extension.name(extension.type());
    if (!Spans.isPageOf(memorySize, extension.offset())
        || extension.byteSize() < 1
        || extension.byteSize() > memorySize - extension.offset()) {
      findings.error(
          this,
          at + OFFSET,
          "offset",
          name
              + " at 0x"
              + Long.toHexString(extension.offset())
              + " with "
              + Long.toUnsignedString(extension.byteSize())
              + " bytes is not inside the memory");
      return null;
    }
    if (extension.mandatory() && !extension.isKnown()) {
      findings.error(
          this,
          at + VERSION,
          "version",
          name + " of version " + extension.version() + " is mandatory, and not understood");
    }
    if (Integer.compareUnsigned(extension.type(), before) <= 0) {
      findings.error(this, at + TYPE, "type", name + " is not in ascending order");
    }
    before = extension.type();
    return extension;
  }

  @Override
  public String where() {
    return "directory entry " + index;
  }

  @Override
  public long address() {
    return directory;
  }
}
