// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The mark a successor leaves when it has opened an image.
 *
 * @param pid the process that claims it
 * @param epoch the low 32 bits of the publication's epoch
 */
public record Claim(int pid, int epoch) {

  /** Checks that it can be a process. */
  public Claim {
    if (pid < 1) {
      throw new IllegalArgumentException("no process: " + pid);
    }
  }

  /**
   * Looks whether the image that is published in a memory has been claimed. For a predecessor or a
   * guardian that watches it; nothing of the image is read.
   *
   * @param memory handover memory, mapped, from its beginning
   * @return empty if nothing is published, or nobody has claimed that
   */
  public static Optional<Claim> ofPublished(MemorySegment memory) {
    HeaderWords words = new HeaderWords(memory);
    long published = words.published();
    return Optional.ofNullable(words.claimOf(published));
  }
}
