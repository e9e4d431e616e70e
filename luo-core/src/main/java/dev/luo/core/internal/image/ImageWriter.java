// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageAbi;
import dev.luo.spi.LuoException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;

/**
 * Writes images to one handover memory, one after the other. Thread-safe.
 *
 * <p>At any instant one image is published or none is, whenever this process may die. An image is
 * built beside the published one and becomes the published one by a single store; until then, and
 * if building it fails, whoever reads finds the one before, unchanged.
 */
public final class ImageWriter implements AutoCloseable {

  /**
   * A range that is larger than needed is kept up to this factor, so that images of varying size do
   * not move.
   */
  private static final long ROOM = 4;

  private final MemorySegment memory;
  private final PageSource pages;
  private final long generation;
  private final ImageAbi abi;
  private final HeaderWords words;
  private final Page scratch = new Page();
  private final Region[] regions = {new Region(), new Region()};
  private long published;
  private long epoch;

  /** The memory of the image that one of the two root slots leads to. */
  private static final class Region {
    private long offset;
    private long byteSize;
  }

  private ImageWriter(MemorySegment memory, PageSource pages, long generation, ImageAbi abi) {
    this.memory = memory;
    this.pages = pages;
    this.generation = generation;
    this.abi = abi;
    this.words = new HeaderWords(memory);
  }

  /**
   * Prepares page 0 of a memory, in which nothing is published then. Whatever stood there is
   * overwritten.
   *
   * @param memory all of the handover memory, writable and native, beginning at a page; a multiple
   *     of the page size
   * @param pages where images take their memory from; never gives out page 0
   * @param identity of this memory
   * @param abi the form in which sessions, files and FLBs are written
   */
  public static ImageWriter format(
      MemorySegment memory, PageSource pages, ImageIdentity identity, ImageAbi abi) {
    Objects.requireNonNull(pages, "pages");
    Objects.requireNonNull(abi, "abi");
    if (memory.byteSize() % KernelLayout.PAGE_SIZE != 0
        || memory.byteSize() < 2L * KernelLayout.PAGE_SIZE) {
      throw new IllegalArgumentException("no handover memory: " + memory.byteSize() + " bytes");
    }
    ImageWriter writer = new ImageWriter(memory, pages, identity.generation(), abi);
    Header.of(identity, memory.byteSize()).write(writer.scratch);
    writer.scratch.store(memory, 0);
    return writer;
  }

  /**
   * Builds an image and makes it the published one. The checksums of {@code CHECKED} extents are
   * taken here, so their bytes no longer change.
   *
   * <p>If it fails, what was published before still is, or nothing still is.
   *
   * @return the epoch of the publication: 1 for the first, one more each time
   * @throws LuoException ENOMEM if there is no memory left, or there are more sessions than luo-v1
   *     has room for; ENOSPC if there are more files, or more sessions than luo-v5 has room for
   * @throws IllegalArgumentException if a name cannot be written, or allocations overlap
   * @throws IndexOutOfBoundsException if an owner or an extent does not exist
   */
  public synchronized long publish(ImageContent content) throws LuoException {
    ImagePlan plan = ImagePlan.of(content, abi);
    // The slot that was used last is spared even when nothing is published: a reader may be at it
    // still.
    long next = epoch + 1;
    int root = (int) epoch & 1;
    Region region = regions[root];
    reserve(region, plan.byteSize());
    long publication = HeaderWords.publication(next, root);
    new ImageBuilder(memory, content, plan, region.offset)
        .build(publication, generation)
        .store(memory, scratch);
    words.publish(publication);
    published = publication;
    epoch = next;
    return next;
  }

  private void reserve(Region region, long byteSize) throws LuoException {
    if (region.byteSize >= byteSize && region.byteSize / ROOM <= byteSize) {
      return;
    }
    long offset = pages.allocate(byteSize, KernelLayout.PAGE_SIZE);
    release(region);
    region.offset = offset;
    region.byteSize = byteSize;
  }

  private void release(Region region) {
    if (region.byteSize > 0) {
      pages.free(region.offset, region.byteSize);
      region.offset = 0;
      region.byteSize = 0;
    }
  }

  /**
   * Takes the published image back, if there is one. A successor that comes now finds nothing; one
   * that has read the image already cannot claim it any more.
   *
   * @return the claim of a successor that was quicker
   */
  public synchronized Optional<Claim> withdraw() {
    long withdrawn = published;
    words.publish(0);
    published = 0;
    return Optional.ofNullable(words.claimOf(withdrawn));
  }

  /** Withdraws what is published and gives the memory of all images back. */
  @Override
  public synchronized void close() {
    withdraw();
    release(regions[0]);
    release(regions[1]);
  }
}
