// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.FileStatus;
import dev.luo.linux.Memfd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tells memory of the huge page pool from ordinary memory.
 *
 * <p>The block size does not tell: ordinary memory shows that of a huge page, too, where the system
 * gives it transparent ones. Nor does the name. What tells is the file system: memfds of huge pages
 * live on hidden mounts of hugetlbfs, one for each page size, and ordinary ones on a single hidden
 * mount of tmpfs.
 */
final class HugePages {
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final int DEVICE_FIELD = 2;
  private static final String TYPE_MARK = "-";

  /** The smallest page of any machine; the pages of the pool are larger. */
  private static final int SMALLEST_PAGE = 4096;

  private HugePages() {}

  /**
   * Finds out the page size of a memory.
   *
   * @return the size in bytes of the pages it takes from the pool; 0 if it takes none
   */
  static long sizeFor(Fd file) throws IOException {
    FileStatus status = FileStatus.of(file);
    if (status.blockSize() <= SMALLEST_PAGE || isOnMountOfMemfds(status.identity())) {
      return 0;
    }
    // Neither hidden tmpfs nor small pages: an unlinked file of a mount that is seen here, or a
    // hidden hugetlbfs.
    Optional<String> type = fileSystemType(status.identity());
    return type.isEmpty() || type.get().equals("hugetlbfs") ? status.blockSize() : 0;
  }

  private static boolean isOnMountOfMemfds(FileIdentity identity) throws IOException {
    try (Fd ordinary = Memfd.create("luo-probe")) {
      return ordinary.identity().device() == identity.device();
    }
  }

  private static Optional<String> fileSystemType(FileIdentity identity) throws IOException {
    String device = identity.major() + ":" + identity.minor();
    for (String line : Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1)) {
      List<String> fields = List.of(line.split(" ", -1));
      int mark = fields.indexOf(TYPE_MARK);
      if (mark > DEVICE_FIELD
          && mark + 1 < fields.size()
          && fields.get(DEVICE_FIELD).equals(device)) {
        return Optional.of(fields.get(mark + 1));
      }
    }
    return Optional.empty();
  }
}
