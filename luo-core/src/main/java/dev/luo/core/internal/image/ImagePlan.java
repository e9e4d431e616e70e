// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.PAGE_SIZE;

import dev.luo.core.ImageAbi;
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
    KernelForm form,
    long blockTable,
    long fileFlags,
    long slots,
    long extents,
    long timeline,
    long tree,
    long flbs,
    long sessions,
    long files,
    long byteSize,
    FileNumbers fileNumbers) {

  /** The directory comes first. */
  static final long DIRECTORY = 0;

  static ImagePlan of(ImageContent content, ImageAbi abi) throws LuoException {
    KernelForm form = KernelForm.of(abi);
    List<SessionEntry> sessionEntries = content.sessions();
    int sessionCount = sessionEntries.size();
    if (sessionCount > abi.maxSessions()) {
      throw new TooManySessionsException(abi);
    }
    FileNumbers fileNumbers = new FileNumbers(sessionCount);
    long fileBlocks = 0;
    for (int i = 0; i < sessionCount; i++) {
      int count = sessionEntries.get(i).files().size();
      if (count > abi.maxFiles() || !fileNumbers.add(count)) {
        throw new SessionFullException(sessionEntries.get(i).name(), abi.maxFiles());
      }
      fileBlocks += form.files().blocksFor(count);
    }
    int sessionBlocks = form.sessions().blocksFor(sessionCount);
    int treeBlocks = form == KernelForm.TREE ? 1 : 0;
    int flbBlocks = form.hasFlbTable(content.flbs().size()) ? 1 : 0;
    long blocks = treeBlocks + flbBlocks + sessionBlocks + fileBlocks;

    long blockTable = DIRECTORY + PAGE_SIZE;
    long fileFlags = blockTable + table(blocks, DirectoryLayout.BLOCK_SIZE);
    long slots = fileFlags + table(fileNumbers.count(), DirectoryLayout.FILE_FLAGS_SIZE);
    long extents = slots + table(content.slots().size(), DirectoryLayout.SLOT_SIZE);
    long timeline = extents + table(content.extents().size(), DirectoryLayout.EXTENT_SIZE);
    long tree = timeline + table(content.timeline().size(), DirectoryLayout.PHASE_SIZE);
    long flbs = tree + (long) treeBlocks * PAGE_SIZE;
    long sessions = flbs + (long) flbBlocks * PAGE_SIZE;
    long files = sessions + (long) sessionBlocks * form.sessions().byteSize();
    long byteSize = files + fileBlocks * form.files().byteSize();
    return new ImagePlan(
        form,
        blockTable,
        fileFlags,
        slots,
        extents,
        timeline,
        tree,
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
