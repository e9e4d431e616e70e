// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Handle;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * An image that has arrived and is in order, apart from the bytes of allocations, which are checked
 * when they are mapped. Immutable and thread-safe; valid as long as the memory it was read from.
 */
public final class Image {

  private final MemorySegment memory;
  private final ImageIdentity identity;
  private final long publication;
  private final ImageContent content;
  private final ExtentTable extents;
  private final List<String> warnings;

  Image(
      MemorySegment memory,
      ImageIdentity identity,
      long publication,
      ImageContent content,
      ExtentTable extents,
      List<String> warnings) {
    this.memory = memory;
    this.identity = identity;
    this.publication = publication;
    this.content = content;
    this.extents = extents;
    this.warnings = List.copyOf(warnings);
  }

  /** Returns which memory the image lies in. */
  public ImageIdentity identity() {
    return identity;
  }

  /** Returns which publication of its memory it is, as {@link ImageWriter#publish} returned it. */
  public long epoch() {
    return HeaderWords.epoch(publication);
  }

  /** Returns what it says. */
  public ImageContent content() {
    return content;
  }

  /** Returns what is odd about it and had to be accepted all the same (LUO-DES-10), for the log. */
  public List<String> warnings() {
    return warnings;
  }

  /** Finds an allocation by its handle. */
  public Optional<ExtentEntry> extent(Handle handle) {
    int index = extents.find(handle);
    return index < 0 ? Optional.empty() : Optional.of(extents.entries().get(index));
  }

  /**
   * Lends the bytes of an allocation, read-only, after their checksum has been verified if they
   * have one.
   *
   * @param owner who asks; nobody is lent what belongs to somebody else
   * @throws CorruptRecordException if the handle is no allocation of this owner, or its bytes are
   *     not those that were there when the image was published
   */
  public MemorySegment map(Handle handle, Owner owner) throws CorruptRecordException {
    int index = extents.find(handle);
    if (index < 0 || !extents.entries().get(index).owner().equals(owner)) {
      throw new CorruptRecordException(handle + " is no allocation of " + owner);
    }
    extents.verify(index, memory);
    return memory.asSlice(handle.value(), extents.entries().get(index).byteSize()).asReadOnly();
  }

  /**
   * Verifies the checksum of an allocation, if it has one, ahead of time.
   *
   * @param extent one of {@link ImageContent#extents}
   * @throws CorruptRecordException if its bytes are not those that were there when the image was
   *     published
   */
  public void verifyExtent(ExtentEntry extent) throws CorruptRecordException {
    int index = extents.find(extent.handle());
    if (index < 0) {
      throw new IllegalArgumentException("not of this image: " + extent);
    }
    extents.verify(index, memory);
  }

  /**
   * Says in the memory that this process has opened the image. Doing so again changes nothing.
   *
   * @param writable the memory of the image, or its page 0 alone, mapped for writing
   * @param pid of this process
   * @return whether this process is the first: if not, one before it had opened the image and has
   *     ended
   * @throws ImageRefusedException if another process has claimed the image, or it has been
   *     withdrawn or replaced since it was read
   */
  public boolean claim(MemorySegment writable, int pid) throws ImageRefusedException {
    HeaderWords words = new HeaderWords(writable);
    boolean first = !words.isRevoked(publication);
    Claim standing = words.claim(publication, pid);
    if (standing.pid() != pid) {
      throw new ImageRefusedException(
          "claim word", "process " + standing.pid() + " has opened this image already");
    }
    if (words.published() != publication) {
      words.unclaim(standing);
      throw new ImageRefusedException(
          "publish word", "the image has been withdrawn or replaced since it was read");
    }
    return first;
  }
}
