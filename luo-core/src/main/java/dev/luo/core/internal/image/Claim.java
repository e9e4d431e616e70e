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

  /**
   * Takes the claim out of a memory, so that another successor can open the image, and learns that
   * it is not the first. For whoever has seen the claimant end.
   *
   * @param writable handover memory, mapped for writing from its beginning
   * @return false if it is not this claim that stands there
   */
  public boolean revoke(MemorySegment writable) {
    return new HeaderWords(writable).revoke(this);
  }
}
