// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.internal.image.fdt.MalformedTreeException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to read one publication: from the header over the root and the directory to the block
 * table, and only then along the chains. Each step relies on what the steps before have checked, or
 * made safe after they reported what is wrong.
 */
final class ImageDecoder {

  private final ImageBytes bytes;
  private final long publication;
  private final EqualTokens equalTokens;
  private final Findings findings;
  private final Page scratch = new Page();
  private final CompatibleFields compatibles = new CompatibleFields();

  private Header header = new Header(0, 0, new UUID(0, 0), 0);
  private @Nullable RootSlot root;
  private int rootIndex;
  private ExtensionDirectory directory = new ExtensionDirectory(List.of());
  private @Nullable SessionReader sessionReader;
  private List<FlbEntry> flbs = List.of();
  private ExtentTable extents = ExtentTable.EMPTY;
  private List<SlotEntry> slots = List.of();
  private List<PhaseEntry> timeline = List.of();

  /**
   * Prepares to decode.
   *
   * @param publication the publish word
   */
  ImageDecoder(ImageBytes bytes, long publication, EqualTokens equalTokens, Findings findings) {
    this.bytes = bytes;
    this.publication = publication;
    this.equalTokens = equalTokens;
    this.findings = findings;
  }

  /** Decodes as much as the findings let it. */
  void decode() throws ImageRefusedException {
    if (bytes.byteSize() < 2L * KernelLayout.PAGE_SIZE) {
      findings.error(
          "header",
          0,
          "memory size",
          "a memory of " + bytes.byteSize() + " bytes is too small for an image");
      return;
    }
    scratch.load(bytes, 0);
    header = Header.read(scratch, bytes.byteSize(), findings);
    if (publication == 0) {
      findings.error("header", HeaderLayout.PUBLISHED, "publish word", "nothing is published");
    }
    decode(readRoot());
  }

  /** Reads the root that is published; if that is none, and the other one is, reads that. */
  private RootSlot readRoot() throws ImageRefusedException {
    int index = HeaderWords.root(publication);
    boolean other =
        !RootSlot.isWhole(bytes, index, scratch) && RootSlot.isWhole(bytes, 1 - index, scratch);
    RootSlot found = loadRoot(index);
    return other ? loadRoot(1 - index) : found;
  }

  private RootSlot loadRoot(int index) throws ImageRefusedException {
    rootIndex = index;
    return RootSlot.load(bytes, index, publication, header.generation(), scratch, findings);
  }

  private void decode(RootSlot found) throws ImageRefusedException {
    root = found;
    long memorySize = header.memorySize();
    Place place = RootSlot.place(rootIndex);
    directory = ExtensionDirectory.load(bytes, memorySize, found, place, scratch, findings);
    BlockTable blocks =
        BlockTable.read(
            bytes, memorySize, table(Extension.BLOCKS, DirectoryLayout.BLOCK_SIZE), findings);
    Spans extensionPages = directory.spans(found.directory());
    extensionPages.sort();
    Spans blockPages = blocks.disjoint();
    blockPages.requireApart(extensionPages, findings);

    KernelForm form = form(found, blocks);
    KernelRoot kernel = kernelRoot(form, found, blocks);
    flbs = new FlbTable(blocks, scratch, compatibles, findings).read(kernel.flbs());
    SessionReader reader =
        new SessionReader(
            form,
            blocks,
            table(Extension.FILE_FLAGS, DirectoryLayout.FILE_FLAGS_SIZE),
            compatibles,
            equalTokens,
            findings);
    sessionReader = reader;
    reader.read(kernel.sessions());
    blocks.end();

    Owners owners = new Owners(reader.numbers(), flbs.size());
    extents =
        ExtentTable.read(table(Extension.EXTENTS, DirectoryLayout.EXTENT_SIZE), memorySize, owners);
    Spans allocations = extents.spans();
    allocations.requireApart(extensionPages, findings);
    allocations.requireApart(blockPages, findings);
    slots = SlotTable.read(table(Extension.SLOTS, DirectoryLayout.SLOT_SIZE), owners);
    timeline = TimelineTable.read(table(Extension.TIMELINE, DirectoryLayout.PHASE_SIZE), findings);
  }

  private TableReader table(int type, int recordSize) throws ImageRefusedException {
    return new TableReader(bytes, directory, type, recordSize, findings);
  }

  /** Where the kernel's part begins. */
  private record KernelRoot(long sessions, long flbs) {}

  /** Returns the form that the root names, or the one that its blocks look like. */
  private static KernelForm form(RootSlot found, BlockTable blocks) {
    KernelForm form = found.form();
    if (form == null) {
      form = blocks.upcoming(BlockKind.TREE) == 0 ? KernelForm.BLOCKS : KernelForm.TREE;
    }
    return form;
  }

  private KernelRoot kernelRoot(KernelForm form, RootSlot found, BlockTable blocks)
      throws ImageRefusedException {
    if (form == KernelForm.BLOCKS) {
      return new KernelRoot(found.entry(), found.flbs());
    }
    Place place = Place.of(BlockKind.TREE.toString(), found.entry());
    if (blocks.take(BlockKind.TREE, found.entry(), scratch, place) < 0) {
      return new KernelRoot(0, 0);
    }
    try {
      LuoTree tree = LuoTree.read(scratch);
      if (tree.generation() != header.generation()) {
        findings.error(
            place,
            0,
            "liveupdate-number",
            "generation "
                + Long.toUnsignedString(tree.generation())
                + ", and the header has "
                + Long.toUnsignedString(header.generation()));
      }
      return new KernelRoot(tree.sessions(), tree.flbs());
    } catch (MalformedTreeException e) {
      findings.error(place, e.offset(), "tree", e.what());
      return new KernelRoot(0, 0);
    }
  }

  /** Returns what was read, if nothing was wrong with it. */
  Image image(MemorySegment memory, List<String> warnings) {
    RootSlot read = Objects.requireNonNull(root);
    ImageContent content =
        new ImageContent(
            read.origin(), read.stamp(), sessions(), flbs, slots, extents.entries(), timeline);
    return new Image(memory, header.identity(), publication, content, extents, warnings);
  }

  /** Returns the root that led to all that follows; null if none was found. */
  @Nullable RootSlot root() {
    return root;
  }

  /** Returns which of the two root slots that is. */
  int rootIndex() {
    return rootIndex;
  }

  List<Extension> extensions() {
    return directory.extensions();
  }

  List<SessionEntry> sessions() {
    return sessionReader == null ? List.of() : sessionReader.sessions();
  }

  List<FlbEntry> flbs() {
    return flbs;
  }

  ExtentTable extents() {
    return extents;
  }

  List<SlotEntry> slots() {
    return slots;
  }

  List<PhaseEntry> timeline() {
    return timeline;
  }
}
