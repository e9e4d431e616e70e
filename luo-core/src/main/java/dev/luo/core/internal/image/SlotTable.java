// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.spi.Slot;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the table of carried descriptors. */
final class SlotTable {

  private SlotTable() {}

  static List<SlotEntry> read(TableReader records, Owners owners) throws ImageRefusedException {
    SlotEntry[] slots = new SlotEntry[records.size()];
    DistinctNumbers descriptors = new DistinctNumbers();
    descriptors.begin(slots.length);
    int kept = 0;
    int before = 0;
    for (int i = 0; i < slots.length; i++) {
      SlotEntry slot = readSlot(records, owners);
      if (slot == null) {
        continue;
      }
      if (slot.slot().number() <= before) {
        records.error(
            DirectoryLayout.SLOT_NUMBER,
            "slot",
            "slot " + slot.slot() + " is not in ascending order");
      }
      before = slot.slot().number();
      if (slot.descriptor() != SlotEntry.TOLD_OTHERWISE) {
        descriptors.add(slot.descriptor());
      }
      slots[kept++] = slot;
    }
    int duplicate = descriptors.duplicate();
    if (duplicate >= 0) {
      records.error(
          DirectoryLayout.SLOT_DESCRIPTOR,
          "descriptor",
          "two slots with the descriptor " + descriptors.at(duplicate));
    }
    records.end();
    return List.of(kept == slots.length ? slots : Arrays.copyOf(slots, kept));
  }

  /** Returns null if nothing can be made of the record. */
  private static @Nullable SlotEntry readSlot(TableReader records, Owners owners)
      throws ImageRefusedException {
    int at = records.next();
    Page page = records.page();
    int number = page.u32(at + DirectoryLayout.SLOT_NUMBER);
    int descriptor = page.u32(at + DirectoryLayout.SLOT_DESCRIPTOR);
    int kindCode = page.u16(at + DirectoryLayout.SLOT_FD_KIND);
    FdKind kind = Codes.fdKind(kindCode);
    if (number < 1 || descriptor < SlotEntry.TOLD_OTHERWISE || kind == null) {
      records.error(
          DirectoryLayout.SLOT_NUMBER,
          "slot",
          "slot "
              + Integer.toUnsignedString(number)
              + " with descriptor "
              + descriptor
              + " of kind "
              + kindCode);
      return null;
    }
    Owner owner =
        owners.find(
            page.u16(at + DirectoryLayout.SLOT_OWNER_KIND),
            page.u32(at + DirectoryLayout.SLOT_OWNER),
            records,
            DirectoryLayout.SLOT_OWNER);
    FileIdentity identity =
        new FileIdentity(
            page.u64(at + DirectoryLayout.SLOT_DEVICE), page.u64(at + DirectoryLayout.SLOT_INODE));
    return new SlotEntry(new Slot(number), owner, descriptor, kind, identity);
  }
}
