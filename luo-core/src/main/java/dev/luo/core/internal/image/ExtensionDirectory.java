// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.DirectoryLayout.CHECKSUM;
import static dev.luo.core.internal.image.DirectoryLayout.ENTRY_SIZE;
import static dev.luo.core.internal.image.DirectoryLayout.FLAGS;
import static dev.luo.core.internal.image.DirectoryLayout.FLAG_MANDATORY;
import static dev.luo.core.internal.image.DirectoryLayout.LENGTH;
import static dev.luo.core.internal.image.DirectoryLayout.MAX_ENTRIES;
import static dev.luo.core.internal.image.DirectoryLayout.OFFSET;
import static dev.luo.core.internal.image.DirectoryLayout.RESERVED;
import static dev.luo.core.internal.image.DirectoryLayout.TYPE;
import static dev.luo.core.internal.image.DirectoryLayout.VERSION;

import dev.luo.core.ImageRefusedException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page that leads to the extensions, in ascending order of their types. A reader skips what it
 * does not know if it is optional, and refuses the image if it is mandatory: so a writer of the
 * next version can add something without asking, and can insist on it where it must.
 */
final class ExtensionDirectory {

  private final List<Extension> extensions;

  /** Makes a directory; the extensions are in ascending order of their types. */
  ExtensionDirectory(List<Extension> extensions) {
    this.extensions = extensions;
  }

  int size() {
    return extensions.size();
  }

  /** Writes the page and returns its checksum. */
  int store(MemorySegment memory, long offset, Page scratch) {
    scratch.clear();
    for (int i = 0; i < extensions.size(); i++) {
      Extension extension = extensions.get(i);
      int at = i * ENTRY_SIZE;
      scratch.putU32(at + TYPE, extension.type());
      scratch.putU16(at + VERSION, extension.version());
      scratch.putU16(at + FLAGS, extension.mandatory() ? FLAG_MANDATORY : 0);
      scratch.putU64(at + OFFSET, extension.offset());
      scratch.putU64(at + LENGTH, extension.byteSize());
      scratch.putU32(at + CHECKSUM, extension.checksum());
    }
    scratch.store(memory, offset);
    return scratch.crc32c();
  }

  /** Checks the page and everything that it leads to, down to the last checksum. */
  static ExtensionDirectory load(MemorySegment memory, long memorySize, RootSlot root, Page scratch)
      throws ImageRefusedException {
    if (!Spans.isPageOf(memorySize, root.directory())) {
      throw root.refuse("a directory at 0x" + Long.toHexString(root.directory()));
    }
    int count = root.extensions();
    if (count < 0 || count > MAX_ENTRIES) {
      throw root.refuse(Integer.toUnsignedString(count) + " extensions in a directory of a page");
    }
    scratch.load(memory, root.directory());
    if (scratch.crc32c() != root.directoryChecksum()) {
      throw new ImageRefusedException("directory", "the checksum is wrong");
    }
    if (!scratch.isZero(count * ENTRY_SIZE, KernelLayout.PAGE_SIZE)) {
      throw new ImageRefusedException("directory", "the rest of the page is not zero");
    }
    List<Extension> extensions = new ArrayList<>(count);
    int before = 0;
    for (int i = 0; i < count; i++) {
      Extension extension = entry(scratch, i, memorySize);
      if (Integer.compareUnsigned(extension.type(), before) <= 0) {
        throw refuse(i, Extension.name(extension.type()) + " is not in ascending order");
      }
      before = extension.type();
      extensions.add(extension);
    }
    for (int i = 0; i < count; i++) {
      Extension extension = extensions.get(i);
      if (Checksums.of(memory, extension.offset(), extension.pagesSize()) != extension.checksum()) {
        throw new ImageRefusedException(Extension.name(extension.type()), "the checksum is wrong");
      }
    }
    return new ExtensionDirectory(extensions);
  }

  private static Extension entry(Page page, int index, long memorySize)
      throws ImageRefusedException {
    int at = index * ENTRY_SIZE;
    int flags = page.u16(at + FLAGS);
    if ((flags & ~FLAG_MANDATORY) != 0 || page.u32(at + RESERVED) != 0) {
      throw refuse(index, "reserved bits are not zero");
    }
    Extension extension =
        new Extension(
            page.u32(at + TYPE),
            page.u16(at + VERSION),
            flags == FLAG_MANDATORY,
            page.u64(at + OFFSET),
            page.u64(at + LENGTH),
            page.u32(at + CHECKSUM));
    if (!Spans.isPageOf(memorySize, extension.offset())
        || extension.byteSize() < 1
        || extension.byteSize() > memorySize - extension.offset()) {
      throw refuse(
          index,
          Extension.name(extension.type())
              + " at 0x"
              + Long.toHexString(extension.offset())
              + " with "
              + Long.toUnsignedString(extension.byteSize())
              + " bytes is not inside the memory");
    }
    boolean known =
        extension.type() >= Extension.BLOCKS
            && extension.type() <= Extension.TIMELINE
            && extension.version() == Extension.VERSION_1;
    if (extension.mandatory() && !known) {
      throw refuse(
          index,
          Extension.name(extension.type())
              + " of version "
              + extension.version()
              + " is mandatory, and not understood");
    }
    return extension;
  }

  /** Finds an extension in the version that is understood. */
  @Nullable Extension find(int type) {
    for (int i = 0; i < extensions.size(); i++) {
      Extension extension = extensions.get(i);
      if (extension.type() == type && extension.version() == Extension.VERSION_1) {
        return extension;
      }
    }
    return null;
  }

  /** Returns where the directory and its extensions lie. */
  Spans spans(long directory) {
    Spans spans = new Spans("directory or an extension", extensions.size() + 1);
    spans.add(directory, KernelLayout.PAGE_SIZE);
    for (int i = 0; i < extensions.size(); i++) {
      spans.add(extensions.get(i).offset(), extensions.get(i).pagesSize());
    }
    return spans;
  }

  private static ImageRefusedException refuse(int index, String message) {
    return new ImageRefusedException("directory entry " + index, message);
  }
}
