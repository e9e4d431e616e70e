// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import dev.luo.spi.Slot;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One attempt to read one publication: from the header over the root and the directory to the block
 * table, and only then along the chains. Each step relies on what the steps before have checked.
 */
final class ImageDecoder {

  private final MemorySegment memory;
  private final long publication;
  private final EqualTokens equalTokens;
  private final Page scratch = new Page();
  private final CompatibleFields compatibles = new CompatibleFields();

  ImageDecoder(MemorySegment memory, long publication, EqualTokens equalTokens) {
    this.memory = memory;
    this.publication = publication;
    this.equalTokens = equalTokens;
  }

  Image decode() throws ImageRefusedException {
    scratch.load(memory, 0);
    Header header = Header.read(scratch, memory.byteSize());
    long memorySize = header.memorySize();
    if (publication == 0) {
      throw new ImageRefusedException("header", "nothing is published");
    }
    RootSlot root = RootSlot.load(memory, publication, scratch);
    if (root.generation() != header.identity().generation()) {
      throw root.refuse(
          "generation "
              + Long.toUnsignedString(root.generation())
              + ", and the header has "
              + Long.toUnsignedString(header.identity().generation()));
    }
    ExtensionDirectory directory = ExtensionDirectory.load(memory, memorySize, root, scratch);
    BlockTable blocks =
        BlockTable.read(
            memory, memorySize, table(directory, Extension.BLOCKS, DirectoryLayout.BLOCK_SIZE));
    Spans extensionPages = directory.spans(root.directory());
    extensionPages.requireDisjoint();
    Spans blockPages = blocks.spans();
    blockPages.requireDisjoint();
    blockPages.requireApart(extensionPages);

    List<FlbEntry> flbs = readFlbs(root, blocks);
    SessionReader sessionReader =
        new SessionReader(
            blocks,
            table(directory, Extension.FILE_FLAGS, DirectoryLayout.FILE_FLAGS_SIZE),
            compatibles,
            equalTokens);
    List<SessionEntry> sessions = sessionReader.read(root.sessions());
    blocks.end();

    Owners owners = new Owners(sessionReader.numbers(), flbs.size());
    ExtentTable extents =
        ExtentTable.read(
            table(directory, Extension.EXTENTS, DirectoryLayout.EXTENT_SIZE), memorySize, owners);
    Spans allocations = extents.spans();
    allocations.requireApart(extensionPages);
    allocations.requireApart(blockPages);
    List<SlotEntry> slots =
        readSlots(table(directory, Extension.SLOTS, DirectoryLayout.SLOT_SIZE), owners);
    List<PhaseEntry> timeline =
        readTimeline(table(directory, Extension.TIMELINE, DirectoryLayout.PHASE_SIZE));
    ImageContent content =
        new ImageContent(
            root.origin(), root.stamp(), sessions, flbs, slots, extents.entries(), timeline);
    return new Image(
        memory, header.identity(), publication, content, extents, sessionReader.warnings());
  }

  private TableReader table(ExtensionDirectory directory, int type, int recordSize)
      throws ImageRefusedException {
    return new TableReader(memory, directory, type, recordSize);
  }

  /** Reads the table of FLBs, of which nothing is to be trusted (LUO-DES-17). */
  private List<FlbEntry> readFlbs(RootSlot root, BlockTable blocks) throws ImageRefusedException {
    if (root.flbs() == 0) {
      return List.of();
    }
    FlbPlace place = new FlbPlace();
    int count = blocks.take(BlockKind.FLBS, root.flbs(), scratch, place);
    if (scratch.u64(KernelLayout.FLBS_PGCNT) != 1
        || scratch.u64(KernelLayout.FLBS_COUNT) != count) {
      throw place.refuse(
          Long.toUnsignedString(scratch.u64(KernelLayout.FLBS_COUNT))
              + " entries on "
              + Long.toUnsignedString(scratch.u64(KernelLayout.FLBS_PGCNT))
              + " pages, and the block table has "
              + count
              + " on one");
    }
    FlbEntry[] flbs = new FlbEntry[count];
    for (int i = 0; i < count; i++) {
      place.entry = i;
      flbs[i] = readFlb(BlockKind.FLBS.offsetOf(i), place);
      for (int j = 0; j < i; j++) {
        if (flbs[j].compatible().value().equals(flbs[i].compatible().value())) {
          throw place.refuse("a second FLB " + flbs[i].compatible());
        }
      }
    }
    return List.of(flbs);
  }

  private FlbEntry readFlb(int at, Place place) throws ImageRefusedException {
    Compatible compatible = compatibles.read(scratch, at + KernelLayout.FLB_NAME, place);
    long count = scratch.u64(at + KernelLayout.FLB_COUNT);
    if (count < 1) {
      throw place.refuse(compatible + " with " + Long.toUnsignedString(count) + " references");
    }
    return new FlbEntry(compatible, Handle.of(scratch.u64(at + KernelLayout.FLB_DATA)), count);
  }

  private static List<SlotEntry> readSlots(TableReader records, Owners owners)
      throws ImageRefusedException {
    SlotEntry[] slots = new SlotEntry[records.size()];
    DistinctNumbers descriptors = new DistinctNumbers();
    descriptors.begin(slots.length);
    int before = 0;
    for (int i = 0; i < slots.length; i++) {
      SlotEntry slot = readSlot(records, owners);
      if (slot.slot().number() <= before) {
        throw records.refuse("slot " + slot.slot() + " is not in ascending order");
      }
      before = slot.slot().number();
      if (slot.descriptor() != SlotEntry.TOLD_OTHERWISE) {
        descriptors.add(slot.descriptor());
      }
      slots[i] = slot;
    }
    int duplicate = descriptors.duplicate();
    if (duplicate >= 0) {
      throw records.refuse("two slots with the descriptor " + descriptors.at(duplicate));
    }
    records.end();
    return List.of(slots);
  }

  private static SlotEntry readSlot(TableReader records, Owners owners)
      throws ImageRefusedException {
    int at = records.next();
    Page page = records.page();
    int number = page.u32(at + DirectoryLayout.SLOT_NUMBER);
    int descriptor = page.u32(at + DirectoryLayout.SLOT_DESCRIPTOR);
    int kindCode = page.u16(at + DirectoryLayout.SLOT_FD_KIND);
    FdKind kind = Codes.fdKind(kindCode);
    if (number < 1 || descriptor < SlotEntry.TOLD_OTHERWISE || kind == null) {
      throw records.refuse(
          "slot "
              + Integer.toUnsignedString(number)
              + " with descriptor "
              + descriptor
              + " of kind "
              + kindCode);
    }
    Owner owner =
        owners.find(
            page.u16(at + DirectoryLayout.SLOT_OWNER_KIND),
            page.u32(at + DirectoryLayout.SLOT_OWNER),
            records);
    FileIdentity identity =
        new FileIdentity(
            page.u64(at + DirectoryLayout.SLOT_DEVICE), page.u64(at + DirectoryLayout.SLOT_INODE));
    return new SlotEntry(new Slot(number), owner, descriptor, kind, identity);
  }

  private static List<PhaseEntry> readTimeline(TableReader records) throws ImageRefusedException {
    PhaseEntry[] phases = new PhaseEntry[records.size()];
    for (int i = 0; i < phases.length; i++) {
      int at = records.next();
      Page page = records.page();
      String name =
          TextField.read(
              page, at + DirectoryLayout.PHASE_NAME, DirectoryLayout.PHASE_NAME_WIDTH, records);
      long duration = page.u64(at + DirectoryLayout.PHASE_DURATION);
      if (duration < 0) {
        throw records.refuse("a phase of " + Long.toUnsignedString(duration) + " nanoseconds");
      }
      phases[i] = new PhaseEntry(name, page.u64(at + DirectoryLayout.PHASE_START), duration);
    }
    records.end();
    return List.of(phases);
  }

  /** The FLB table, for messages. */
  private static final class FlbPlace implements Place {
    private int entry = -1;

    @Override
    public String where() {
      return entry < 0 ? "FLB table" : "FLB table, entry " + entry;
    }
  }
}
