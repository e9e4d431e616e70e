// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.HeaderLayout.CLAIM;
import static dev.luo.core.internal.image.HeaderLayout.PUBLISHED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The two words of page 0 that predecessor and successor change while the other may be looking.
 *
 * <p>The <i>publish word</i> is 0 while nothing is published, and otherwise a publication: its
 * epoch in bits 1 to 63, the index of its root slot in bit 0. The <i>claim word</i> is 0, or the
 * low half of the epoch that was claimed in its high half and the claimant's process in its low
 * half, which is 0 after the claimant has ended and been given up; a claim of another epoch than
 * the published one means nothing.
 *
 * <p>Whoever clears the publish word looks at the claim word afterwards, and whoever sets the claim
 * word looks at the publish word afterwards, all by volatile access: at least one of two that meet
 * sees the other.
 */
final class HeaderWords {

  // A view of a buffer, because a var handle of a layout takes ten times as long to come up (10
  // ms).
  private static final VarHandle WORD =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ByteBuffer header;

  HeaderWords(MemorySegment memory) {
    this.header = memory.asSlice(0, KernelLayout.PAGE_SIZE).asByteBuffer();
  }

  static long publication(long epoch, int root) {
    return epoch << 1 | root;
  }

  static long epoch(long publication) {
    return publication >>> 1;
  }

  static int root(long publication) {
    return (int) publication & 1;
  }

  long published() {
    return (long) WORD.getVolatile(header, PUBLISHED);
  }

  /**
   * Makes a publication the current one, or none with 0. What was written before is seen before.
   */
  void publish(long publication) {
    WORD.setVolatile(header, PUBLISHED, publication);
    // The next image overwrites the one before this. Whoever reads that and sees such a byte must
    // also
    // see that the word has changed.
    VarHandle.fullFence();
  }

  /**
   * Looks for a claim.
   *
   * @return null if nobody has claimed that publication
   */
  @Nullable Claim claimOf(long publication) {
    long word = (long) WORD.getVolatile(header, CLAIM);
    int pid = (int) word;
    int epoch = (int) (word >>> 32);
    return publication != 0 && pid > 0 && epoch == (int) epoch(publication)
        ? new Claim(pid, epoch)
        : null;
  }

  /**
   * Claims a publication, or takes over a claim that means nothing any more.
   *
   * @return the claim that stands now, its own or that of somebody quicker
   */
  Claim claim(long publication, int pid) {
    Claim own = new Claim(pid, (int) epoch(publication));
    while (true) {
      long before = (long) WORD.getVolatile(header, CLAIM);
      Claim standing = claimOf(publication);
      if (standing != null) {
        return standing;
      }
      if (WORD.compareAndSet(header, CLAIM, before, word(own))) {
        return own;
      }
    }
  }

  /** Takes a claim out that was made in vain, unless another one stands there by now. */
  void unclaim(Claim claim) {
    WORD.compareAndSet(header, CLAIM, word(claim), 0L);
  }

  /** Takes a claim out whose claimant has ended, unless another one stands there; tells which. */
  boolean revoke(Claim claim) {
    return WORD.compareAndSet(header, CLAIM, word(claim), (long) claim.epoch() << 32);
  }

  /** Answers whether a claim of that publication was revoked, and not claimed anew since. */
  boolean isRevoked(long publication) {
    long word = (long) WORD.getVolatile(header, CLAIM);
    return word != 0 && (int) word == 0 && (int) (word >>> 32) == (int) epoch(publication);
  }

  private static long word(Claim claim) {
    return (long) claim.epoch() << 32 | claim.pid();
  }
}
