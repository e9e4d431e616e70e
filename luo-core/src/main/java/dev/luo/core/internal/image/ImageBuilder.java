// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.Importance;
import dev.luo.spi.Integrity;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lays one image out in pages that nothing refers to. */
final class ImageBuilder {

  private static final Comparator<SlotEntry> BY_NUMBER = Comparator.comparing(SlotEntry::slot);

  private static final Comparator<ExtentEntry> BY_OFFSET =
      Comparator.comparingLong(extent -> extent.handle().value());

  private final MemorySegment memory;
  private final ImageContent content;
  private final ImagePlan plan;
  private final long base;
  private final Owners owners;
  private final TableWriter blocks;
  private final CompatibleFields compatibles = new CompatibleFields();
  private final KernelForm form;
  private final List<Extension> extensions = new ArrayList<>();
  private final Page scratch = new Page();

  /**
   * Prepares to build.
   *
   * @param base the first byte of as much memory as the plan needs
   */
  ImageBuilder(MemorySegment memory, ImageContent content, ImagePlan plan, long base) {
    this.memory = memory;
    this.content = content;
    this.plan = plan;
    this.base = base;
    this.form = plan.form();
    this.owners = new Owners(plan.fileNumbers(), content.flbs().size());
    this.blocks =
        new TableWriter(
            memory, Extension.BLOCKS, DirectoryLayout.BLOCK_SIZE, base + plan.blockTable());
  }

  /** Writes everything except the root, which is returned. */
  RootSlot build(long publication, long generation) {
    writeTree(generation);
    writeFlbs();
    writeSessions();
    Extension fileFlags = writeFiles();
    // In ascending order of their types, as the directory has to be.
    extensions.add(blocks.end(true));
    if (fileFlags != null) {
      extensions.add(fileFlags);
    }
    writeSlots();
    writeExtents();
    writeTimeline();
    ExtensionDirectory directory = new ExtensionDirectory(extensions);
    int checksum = directory.store(memory, base + ImagePlan.DIRECTORY, scratch);
    boolean tree = form == KernelForm.TREE;
    return new RootSlot(
        form,
        publication,
        generation,
        tree ? base + plan.tree() : sessions(),
        tree ? 0 : flbs(),
        base + ImagePlan.DIRECTORY,
        checksum,
        directory.size(),
        content.origin(),
        content.stamp());
  }

  /** Returns the address of the first session block, 0 if there is none. */
  private long sessions() {
    return form.sessions().blocksFor(content.sessions().size()) == 0 ? 0 : base + plan.sessions();
  }

  /** Returns the address of the FLB table, 0 if there is none. */
  private long flbs() {
    return form.hasFlbTable(content.flbs().size()) ? base + plan.flbs() : 0;
  }

  private void writeTree(long generation) {
    if (form == KernelForm.BLOCKS) {
      return;
    }
    byte[] tree = new LuoTree(generation, sessions(), flbs()).bytes();
    scratch.clear();
    System.arraycopy(tree, 0, scratch.bytes(), 0, tree.length);
    scratch.store(memory, base + plan.tree());
    BlockTable.write(blocks, base + plan.tree(), scratch.crc32c(), BlockKind.TREE, 0);
  }

  private void writeFlbs() {
    if (flbs() == 0) {
      return;
    }
    List<FlbEntry> flbs = content.flbs();
    scratch.clear();
    scratch.putU64(KernelLayout.FLBS_PGCNT, 1);
    scratch.putU64(KernelLayout.FLBS_COUNT, flbs.size());
    for (int i = 0; i < flbs.size(); i++) {
      FlbEntry flb = flbs.get(i);
      int at = BlockKind.FLBS.offsetOf(i);
      compatibles.write(scratch, at + KernelLayout.FLB_NAME, flb.compatible());
      scratch.putU64(at + KernelLayout.FLB_DATA, flb.handle().value());
      scratch.putU64(at + KernelLayout.FLB_COUNT, flb.count());
    }
    scratch.store(memory, base + plan.flbs());
    BlockTable.write(blocks, base + plan.flbs(), scratch.crc32c(), BlockKind.FLBS, flbs.size());
  }

  private void writeSessions() {
    List<SessionEntry> sessions = content.sessions();
    BlockChainWriter chain =
        new BlockChainWriter(memory, form.sessions(), blocks, base + plan.sessions());
    chain.begin(sessions.size());
    long files = base + plan.files();
    for (int i = 0; i < sessions.size(); i++) {
      SessionEntry session = sessions.get(i);
      int count = session.files().size();
      int at = chain.add();
      Page page = chain.page();
      TextField.write(
          page, at + KernelLayout.SESSION_NAME, KernelLayout.SESSION_NAME_WIDTH, session.name());
      page.putU64(at + KernelLayout.SESSION_FILES, count == 0 ? 0 : files);
      page.putU64(at + KernelLayout.SESSION_COUNT, count);
      chain.added();
      files += (long) form.files().blocksFor(count) * form.files().byteSize();
    }
  }

  private @Nullable Extension writeFiles() {
    List<SessionEntry> sessions = content.sessions();
    BlockChainWriter chain =
        new BlockChainWriter(memory, form.files(), blocks, base + plan.files());
    TableWriter flags =
        table(Extension.FILE_FLAGS, DirectoryLayout.FILE_FLAGS_SIZE, plan.fileFlags());
    for (int i = 0; i < sessions.size(); i++) {
      List<FileEntry> files = sessions.get(i).files();
      chain.begin(files.size());
      for (int j = 0; j < files.size(); j++) {
        writeFile(files.get(j), chain, flags);
      }
    }
    return plan.fileNumbers().count() == 0 ? null : flags.end(true);
  }

  private void writeFile(FileEntry file, BlockChainWriter chain, TableWriter flags) {
    int at = chain.add();
    Page page = chain.page();
    compatibles.write(page, at + KernelLayout.FILE_COMPATIBLE, file.compatible());
    page.putU64(at + KernelLayout.FILE_DATA, file.handle().value());
    page.putU64(at + KernelLayout.FILE_TOKEN, file.token().value());
    chain.added();
    int flag = flags.add();
    flags.page().putU32(flag, flags(file));
  }

  private static int flags(FileEntry file) {
    return (file.frozen() ? DirectoryLayout.FILE_FROZEN : 0)
        | (file.importance() == Importance.OPTIONAL ? DirectoryLayout.FILE_OPTIONAL : 0);
  }

  private void writeSlots() {
    List<SlotEntry> slots = sorted(content.slots(), BY_NUMBER);
    if (slots.isEmpty()) {
      return;
    }
    TableWriter table = table(Extension.SLOTS, DirectoryLayout.SLOT_SIZE, plan.slots());
    for (int i = 0; i < slots.size(); i++) {
      SlotEntry slot = slots.get(i);
      int at = table.add();
      Page page = table.page();
      page.putU32(at + DirectoryLayout.SLOT_NUMBER, slot.slot().number());
      page.putU32(at + DirectoryLayout.SLOT_DESCRIPTOR, slot.descriptor());
      page.putU32(at + DirectoryLayout.SLOT_OWNER, owners.number(slot.owner()));
      page.putU16(at + DirectoryLayout.SLOT_OWNER_KIND, Owners.kind(slot.owner()));
      page.putU16(at + DirectoryLayout.SLOT_FD_KIND, Codes.of(slot.kind()));
      page.putU64(at + DirectoryLayout.SLOT_DEVICE, slot.identity().device());
      page.putU64(at + DirectoryLayout.SLOT_INODE, slot.identity().inode());
    }
    extensions.add(table.end(true));
  }

  private void writeExtents() {
    List<ExtentEntry> extents = sorted(content.extents(), BY_OFFSET);
    if (extents.isEmpty()) {
      return;
    }
    TableWriter table = table(Extension.EXTENTS, DirectoryLayout.EXTENT_SIZE, plan.extents());
    long end = KernelLayout.PAGE_SIZE;
    for (int i = 0; i < extents.size(); i++) {
      ExtentEntry extent = extents.get(i);
      long offset = extent.handle().value();
      requireApart(extent, end);
      end = offset + extent.byteSize();
      int checksum =
          extent.integrity() == Integrity.CHECKED
              ? Checksums.of(memory, offset, extent.byteSize(), scratch)
              : 0;
      int at = table.add();
      Page page = table.page();
      page.putU64(at + DirectoryLayout.EXTENT_OFFSET, offset);
      page.putU64(at + DirectoryLayout.EXTENT_LENGTH, extent.byteSize());
      page.putU32(at + DirectoryLayout.EXTENT_CHECKSUM, checksum);
      page.putU16(at + DirectoryLayout.EXTENT_INTEGRITY, Codes.of(extent.integrity()));
      page.putU16(at + DirectoryLayout.EXTENT_OWNER_KIND, Owners.kind(extent.owner()));
      page.putU32(at + DirectoryLayout.EXTENT_OWNER, owners.number(extent.owner()));
    }
    extensions.add(table.end(true));
  }

  /** Refuses what a successor would refuse, while there is still somebody to go on. */
  private void requireApart(ExtentEntry extent, long endOfTheOneBefore) {
    long offset = extent.handle().value();
    Objects.checkFromIndexSize(offset, extent.byteSize(), memory.byteSize());
    long end = offset + extent.byteSize();
    if (offset % DirectoryLayout.EXTENT_ALIGNMENT != 0
        || offset < endOfTheOneBefore
        || (offset < base + plan.byteSize() && end > base)) {
      throw new IllegalArgumentException(
          "overlaps another allocation, page 0 or the image, or is not aligned: " + extent);
    }
  }

  private void writeTimeline() {
    List<PhaseEntry> phases = content.timeline();
    if (phases.isEmpty()) {
      return;
    }
    TableWriter table = table(Extension.TIMELINE, DirectoryLayout.PHASE_SIZE, plan.timeline());
    for (int i = 0; i < phases.size(); i++) {
      PhaseEntry phase = phases.get(i);
      int at = table.add();
      Page page = table.page();
      TextField.write(
          page, at + DirectoryLayout.PHASE_NAME, DirectoryLayout.PHASE_NAME_WIDTH, phase.name());
      page.putU64(at + DirectoryLayout.PHASE_START, phase.startNanos());
      page.putU64(at + DirectoryLayout.PHASE_DURATION, phase.durationNanos());
    }
    extensions.add(table.end(false));
  }

  private TableWriter table(int type, int recordSize, long offset) {
    return new TableWriter(memory, type, recordSize, base + offset);
  }

  /** Returns the list itself if it is in order already, as it mostly is. */
  private static <T> List<T> sorted(List<T> list, Comparator<T> order) {
    for (int i = 1; i < list.size(); i++) {
      if (order.compare(list.get(i - 1), list.get(i)) > 0) {
        List<T> copy = new ArrayList<>(list);
        copy.sort(order);
        return copy;
      }
    }
    return list;
  }
}
