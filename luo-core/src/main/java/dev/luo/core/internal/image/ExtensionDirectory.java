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

  List<Extension> extensions() {
    return extensions;
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
  static ExtensionDirectory load(
      ImageBytes bytes,
      long memorySize,
      RootSlot root,
      Place rootPlace,
      Page scratch,
      Findings findings)
      throws ImageRefusedException {
    if (!Spans.isPageOf(memorySize, root.directory())) {
      findings.error(
          rootPlace,
          HeaderLayout.ROOT_DIRECTORY,
          "directory",
          "a directory at 0x" + Long.toHexString(root.directory()));
      return new ExtensionDirectory(List.of());
    }
    int count = root.extensions();
    if (count < 0 || count > MAX_ENTRIES) {
      findings.error(
          rootPlace,
          HeaderLayout.ROOT_EXTENSIONS,
          "extensions",
          Integer.toUnsignedString(count) + " extensions in a directory of a page");
      count = -1;
    }
    Place place = Place.of("directory", root.directory());
    scratch.load(bytes, root.directory());
    if (count < 0) {
      count = used(scratch);
    }
    if (scratch.crc32c() != root.directoryChecksum()) {
      findings.error(place, 0, "page", "the checksum is wrong");
    }
    if (!scratch.isZero(count * ENTRY_SIZE, KernelLayout.PAGE_SIZE)) {
      findings.error(place, count * ENTRY_SIZE, "page", "the rest of the page is not zero");
    }
    DirectoryReader reader = new DirectoryReader(scratch, root.directory(), memorySize, findings);
    List<Extension> extensions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Extension extension = reader.next();
      if (extension != null) {
        extensions.add(extension);
      }
    }
    requireDisjoint(extensions, root.directory(), findings);
    for (int i = 0; i < extensions.size(); i++) {
      Extension extension = extensions.get(i);
      if (Checksums.of(bytes, extension.offset(), extension.pagesSize(), scratch)
          != extension.checksum()) {
        findings.error(
            Extension.name(extension.type()), extension.offset(), "pages", "the checksum is wrong");
      }
    }
    return new ExtensionDirectory(extensions);
  }

  /** Counts the entries that stand in a page, for want of somebody who says it. */
  private static int used(Page page) {
    int count = 0;
    while (count < MAX_ENTRIES && page.u32(count * ENTRY_SIZE + TYPE) != 0) {
      count++;
    }
    return count;
  }

  /** Checks that extensions lie apart, and drops what does not; there are few. */
  private static void requireDisjoint(List<Extension> extensions, long directory, Findings findings)
      throws ImageRefusedException {
    for (int i = 0; i < extensions.size(); i++) {
      Extension extension = extensions.get(i);
      boolean apart = extension.isApart(directory, KernelLayout.PAGE_SIZE);
      for (int j = 0; j < i && apart; j++) {
        apart = extension.isApart(extensions.get(j).offset(), extensions.get(j).pagesSize());
      }
      if (!apart) {
        findings.error(
            "directory or an extension",
            extension.offset(),
            Extension.name(extension.type()),
            "two of them lie at 0x" + Long.toHexString(extension.offset()));
        extensions.remove(i--);
      }
    }
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
}
