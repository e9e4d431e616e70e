// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Puts right what a changed image contradicts itself in, from the blocks up to the header, as far
 * as it is found: an image that only a fault of a writer explains, or malice. Knows the layout from
 * {@code docs/image.md} by heart, and repairs whatever it is given without fail.
 */
final class ImageRepair {

  private static final int PAGE = 4096;
  private static final int GENERATION = 32;
  private static final int HEADER_CHECKSUM = 60;
  private static final int PUBLISH_WORD = 128;
  private static final int ROOT_SLOTS = 256;
  private static final int BLOCK_TABLE = 1;

  /** By kind of block: how many pages it has. */
  private static final int[] BLOCK_PAGES = {1, 1, 1, 1, 1, 16, 2};

  /** Kinds up to this one begin with a count, behind eight other bytes. */
  private static final int LAST_COUNTED = 3;

  private static final int TREE = 4;

  /** Where a tree as luo writes it has the generation. */
  private static final int TREE_GENERATION = 104;

  private static final int SESSION_AREA = 5;
  private static final int MAX_SESSIONS = 819;
  private static final int SESSION_SIZE = 80;
  private static final int SESSION_FILES = 8 + 64;
  private static final int SESSION_COUNT = 8 + 72;
  private static final int FILE_AREA = 6;

  private final byte[] image;
  private final ByteBuffer fields;

  /** How many files a session has, by the address of its file area. */
  private final Map<Long, Long> fileCounts = new HashMap<>();

  ImageRepair(byte[] image) {
    this.image = image;
    this.fields = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Repairs the image in place.
   *
   * @param checksums all that can be found
   * @param references publication and generation of the root and of a tree, entries of the blocks
   */
  void repair(boolean checksums, boolean references) {
    if (image.length < 2 * PAGE) {
      return;
    }
    int root = ROOT_SLOTS + 256 * (fields.get(PUBLISH_WORD) & 1);
    if (references) {
      fields.putLong(root + 8, fields.getLong(GENERATION));
      fields.putLong(root + 32, fields.getLong(PUBLISH_WORD));
    }
    int directory = page(fields.getLong(root + 48));
    if (directory > 0) {
      for (int i = 0; i < Math.min(fields.getInt(root + 44), PAGE / 32); i++) {
        extension(directory + 32 * i, checksums, references);
      }
    }
    if (checksums) {
      if (directory > 0) {
        fields.putInt(root + 56, crc(directory, PAGE));
      }
      fields.putInt(root + 252, crc(root, 252));
      fields.putInt(HEADER_CHECKSUM, crc(0, HEADER_CHECKSUM));
    }
  }

  private void extension(int entry, boolean checksums, boolean references) {
    int first = page(fields.getLong(entry + 8));
    long length = fields.getLong(entry + 16);
    if (first == 0 || length < 1 || length > image.length - first) {
      return;
    }
    if (fields.getInt(entry) == BLOCK_TABLE) {
      for (int record = first; record + 16 <= first + length; record += 16) {
        block(record, checksums, references);
      }
    }
    int pages = (int) (length + PAGE - 1) / PAGE * PAGE;
    if (checksums && pages <= image.length - first) {
      fields.putInt(entry + 24, crc(first, pages));
    }
  }

  private void block(int record, boolean checksums, boolean references) {
    int block = page(fields.getLong(record));
    int kind = Short.toUnsignedInt(fields.getShort(record + 12));
    if (block == 0 || kind >= BLOCK_PAGES.length) {
      return;
    }
    int byteSize = BLOCK_PAGES[kind] * PAGE;
    if (byteSize > image.length - block) {
      return;
    }
    if (references) {
      refer(record, block, kind);
    }
    if (checksums) {
      fields.putInt(record + 8, crc(block, byteSize));
    }
  }

  /** Lets a block and its record say the same. */
  private void refer(int record, int block, int kind) {
    if (kind <= LAST_COUNTED) {
      fields.putShort(record + 14, fields.getShort(block + 8));
    } else if (kind == TREE) {
      fields.putLong(block + TREE_GENERATION, fields.getLong(GENERATION));
    } else if (kind == SESSION_AREA) {
      int sessions = Math.clamp(fields.getLong(block), 0, MAX_SESSIONS);
      fields.putShort(record + 14, (short) sessions);
      for (int i = 0; i < sessions; i++) {
        int session = block + i * SESSION_SIZE;
        fileCounts.put(
            fields.getLong(session + SESSION_FILES), fields.getLong(session + SESSION_COUNT));
      }
    } else if (kind == FILE_AREA) {
      long files = fileCounts.getOrDefault(fields.getLong(record), 1L);
      fields.putShort(record + 14, (short) files);
    }
  }

  /** Returns the place of a whole page; 0 if the address leads to none. */
  private int page(long address) {
    return address >= PAGE && address <= image.length - PAGE ? (int) address : 0;
  }

  private int crc(int at, int byteSize) {
    CRC32C crc = new CRC32C();
    crc.update(image, at, byteSize);
    return (int) crc.getValue();
  }
}
