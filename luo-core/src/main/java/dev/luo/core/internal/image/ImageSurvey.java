// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.spi.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What stands in an image, whole or not. It is decoded by what decodes it for a successor, which
 * goes on here behind what is wrong; so there is an error among the findings if and only if a
 * successor refuses the image.
 *
 * <p>Memory and time are limited by the size of the image, whatever it says of itself. Immutable.
 */
public final class ImageSurvey {

  /**
   * Something that is wrong, or odd.
   *
   * @param error whether the image is refused for it
   * @param offset where it stands in the memory
   * @param where the part it is in, such as {@code session block 0, entry 3}
   * @param field what of that part it is
   * @param what stands there, and what should
   */
  public record Finding(boolean error, long offset, String where, String field, String what) {}

  /**
   * Page 0 as it stands there, right or wrong.
   *
   * @param layout its version
   * @param publishWord epoch and root of what is published
   * @param claimWord epoch and process of who has opened it
   */
  public record PageZero(
      int layout,
      int pageSize,
      long memorySize,
      long nonce,
      long generation,
      UUID bootId,
      long publishWord,
      long claimWord) {

    /** Returns the epoch that is published, 0 if none is. */
    public long epoch() {
      return HeaderWords.epoch(publishWord);
    }

    /** Returns the process that has opened what is published, 0 if none has. */
    public int claimant() {
      boolean ofThis = publishWord != 0 && (int) (claimWord >>> 32) == (int) epoch();
      return ofThis ? Math.max(0, (int) claimWord) : 0;
    }
  }

  /**
   * A root slot as it stands there, right or wrong.
   *
   * @param name of the slot
   * @param used whether all that follows was found by it
   * @param whole whether it holds a root with a right checksum
   * @param compatible the kernel's form, quoted
   * @param entry where the kernel's part begins
   */
  public record Root(
      String name,
      boolean used,
      boolean whole,
      String compatible,
      long publication,
      long generation,
      long entry,
      long flbs,
      long directory,
      int extensions,
      Origin origin,
      Stamp stamp) {

    /** Returns the publication that it was written for. */
    public long epoch() {
      return HeaderWords.epoch(publication);
    }
  }

  /** Part of an image that the kernel's form has no room for. */
  public record Section(
      String name, int version, boolean mandatory, long offset, long byteSize, int checksum) {}

  private final ImageBytes bytes;
  private final @Nullable PageZero pageZero;
  private final List<Root> roots;
  private final ImageDecoder decoder;
  private final List<Finding> findings;

  private ImageSurvey(
      ImageBytes bytes,
      @Nullable PageZero pageZero,
      List<Root> roots,
      ImageDecoder decoder,
      List<Finding> findings) {
    this.bytes = bytes;
    this.pageZero = pageZero;
    this.roots = List.copyOf(roots);
    this.decoder = decoder;
    this.findings = List.copyOf(findings);
  }

  /** Looks at an image. */
  public static ImageSurvey of(ImageBytes bytes) {
    Page scratch = new Page();
    PageZero pageZero = null;
    if (bytes.byteSize() >= KernelLayout.PAGE_SIZE) {
      scratch.load(bytes, 0);
      pageZero = pageZero(scratch);
    }
    AllFindings findings = new AllFindings();
    ImageDecoder decoder =
        new ImageDecoder(
            bytes, pageZero == null ? 0 : pageZero.publishWord(), EqualTokens.REFUSED, findings);
    try {
      decoder.decode();
      verifyExtents(bytes, decoder, scratch, findings);
    } catch (ImageRefusedException e) {
      findings.addMore();
    }
    List<Root> roots = new ArrayList<>();
    if (pageZero != null) {
      roots.add(root(bytes, 0, decoder, scratch));
      roots.add(root(bytes, 1, decoder, scratch));
    }
    return new ImageSurvey(bytes, pageZero, roots, decoder, findings.findings());
  }

  private static PageZero pageZero(Page page) {
    return new PageZero(
        page.u32(HeaderLayout.VERSION),
        page.u32(HeaderLayout.PAGE_SIZE),
        page.u64(HeaderLayout.MEMORY_SIZE),
        page.u64(HeaderLayout.NONCE),
        page.u64(HeaderLayout.GENERATION),
        new UUID(
            Long.reverseBytes(page.u64(HeaderLayout.BOOT_ID)),
            Long.reverseBytes(page.u64(HeaderLayout.BOOT_ID + Long.BYTES))),
        page.u64(HeaderLayout.PUBLISHED),
        page.u64(HeaderLayout.CLAIM));
  }

  private static Root root(ImageBytes bytes, int index, ImageDecoder decoder, Page scratch) {
    boolean whole = RootSlot.isWhole(bytes, index, scratch);
    RootSlot slot = RootSlot.peek(scratch);
    RootSlot used = decoder.root();
    return new Root(
        RootSlot.place(index).where(),
        used != null && index == decoder.rootIndex(),
        whole,
        TextField.quoted(scratch, KernelLayout.ROOT_COMPATIBLE, Long.BYTES),
        slot.publication(),
        slot.generation(),
        slot.entry(),
        slot.flbs(),
        slot.directory(),
        slot.extensions(),
        slot.origin(),
        slot.stamp());
  }

  /**
   * The bytes of allocations concern their owners, who would be refused them, and not the image.
   */
  private static void verifyExtents(
      ImageBytes bytes, ImageDecoder decoder, Page scratch, Findings findings) {
    ExtentTable extents = decoder.extents();
    for (int i = 0; i < extents.entries().size(); i++) {
      if (!extents.isIntact(i, bytes, scratch)) {
        ExtentEntry extent = extents.entries().get(i);
        findings.warning(
            "allocation of " + extent.owner(),
            extent.handle().value(),
            "bytes",
            "the " + extent.byteSize() + " bytes are not those that were there");
      }
    }
  }

  /** Returns how many bytes there are to be looked at. */
  public long byteSize() {
    return bytes.byteSize();
  }

  /** Returns page 0; null if there is not even that. */
  public @Nullable PageZero pageZero() {
    return pageZero;
  }

  /** Returns both root slots, or none if there is no page 0. */
  public List<Root> roots() {
    return roots;
  }

  /** Returns the sections that the directory leads to. */
  public List<Section> sections() {
    return decoder.extensions().stream()
        .map(extension ->
            new Section(
                Extension.name(extension.type()),
                extension.version(),
                extension.mandatory(),
                extension.offset(),
                extension.byteSize(),
                extension.checksum()))
        .toList();
  }

  /** Returns the sessions as far as they were found. */
  public List<SessionEntry> sessions() {
    return decoder.sessions();
  }

  /** Returns the FLBs as far as they were found. */
  public List<FlbEntry> flbs() {
    return decoder.flbs();
  }

  /** Returns the carried descriptors as far as they were found. */
  public List<SlotEntry> slots() {
    return decoder.slots();
  }

  /** Returns the allocations as far as they were found. */
  public List<ExtentEntry> extents() {
    return decoder.extents().entries();
  }

  /** Returns the phases as far as they were found. */
  public List<PhaseEntry> timeline() {
    return decoder.timeline();
  }

  /** Returns what is wrong or odd, in the order in which a reader comes to it. */
  public List<Finding> findings() {
    return findings;
  }
}
