// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

import dev.luo.core.SessionFullException;
import dev.luo.core.TooManySessionsException;
import dev.luo.spi.LuoException;
import java.util.List;

/**
 * Where each part of an image will lie, relative to its first page. Everything is known before the
 * first byte is written, so an image takes one range of memory, is written from its beginning to
 * its end, and fails, if at all, before it has touched anything.
 */
record ImagePlan(
    long blockTable,
    long fileFlags,
    long slots,
    long extents,
    long timeline,
    long flbs,
    long sessions,
    long files,
    long byteSize,
    FileNumbers fileNumbers) {

  /** The directory comes first. */
  static final long DIRECTORY = 0;

  static ImagePlan of(ImageContent content) throws LuoException {
    List<SessionEntry> sessionEntries = content.sessions();
    int sessionCount = sessionEntries.size();
    if (sessionCount > ImageContent.MAX_SESSIONS) {
      throw new TooManySessionsException(ImageContent.MAX_SESSIONS);
    }
    FileNumbers fileNumbers = new FileNumbers(sessionCount);
    long fileBlocks = 0;
    for (int i = 0; i < sessionCount; i++) {
      int count = sessionEntries.get(i).files().size();
      if (count > ImageContent.MAX_FILES || !fileNumbers.add(count)) {
        throw new SessionFullException(sessionEntries.get(i).name(), ImageContent.MAX_FILES);
      }
      fileBlocks += BlockKind.FILES.blocksFor(count);
    }
    int sessionBlocks = BlockKind.SESSIONS.blocksFor(sessionCount);
    long blocks = 1 + sessionBlocks + fileBlocks;

    long blockTable = DIRECTORY + PAGE_SIZE;
    long fileFlags = blockTable + table(blocks, DirectoryLayout.BLOCK_SIZE);
    long slots = fileFlags + table(fileNumbers.count(), DirectoryLayout.FILE_FLAGS_SIZE);
    long extents = slots + table(content.slots().size(), DirectoryLayout.SLOT_SIZE);
    long timeline = extents + table(content.extents().size(), DirectoryLayout.EXTENT_SIZE);
    long flbs = timeline + table(content.timeline().size(), DirectoryLayout.PHASE_SIZE);
    long sessions = flbs + PAGE_SIZE;
    long files = sessions + (long) sessionBlocks * PAGE_SIZE;
    long byteSize = files + fileBlocks * PAGE_SIZE;
    return new ImagePlan(
        blockTable,
        fileFlags,
        slots,
        extents,
        timeline,
        flbs,
        sessions,
        files,
        byteSize,
        fileNumbers);
  }

  private static long table(long records, int recordSize) {
    return Extension.pagesSize(records * recordSize);
  }
}
