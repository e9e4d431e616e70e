// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The record of {@link VfioHandler}: slot (u32), address (u32, u32), identity (3 × u32), COMMAND
 * (u32), token of the iommufd (u64), address space (u32), armed interrupt index (u32); then regions
 * (24 bytes each), interrupt indices (12) and the slots of eventfds (4), each table behind its
 * count.
 *
 * @param slot where the device itself crosses; empty where it is to be opened anew
 * @param command as it stood when the workload last ran
 * @param eventFds of the armed index, from vector 0; a slot is empty where the eventfd does not
 *     cross
 */
record VfioRecord(
    int flags,
    Optional<Slot> slot,
    PciAddress address,
    Vfio.Identity identity,
    int command,
    Token iommufd,
    int addressSpace,
    int irqIndex,
    Vfio.Inventory inventory,
    List<Optional<Slot>> eventFds) {

  static final int FROZEN = 1;
  static final int QUIESCED = 2;

  private static final int MAGIC = 0x31494656; // VFI1
  private static final int FLAGS_OFFSET = 12;
  private static final long COMMAND_OFFSET = RecordWriter.HEADER_BYTES + 4 + 8 + 12;
  private static final int FIXED_BYTES = RecordWriter.HEADER_BYTES + 44 + 4 + 12;
  private static final int MOST_REGIONS = 64;
  private static final int MOST_IRQS = 64;
  private static final int MOST_VECTORS = 2048;
  private static final int HIGHEST_PCI_IRQ = 2;

  long recordSize() {
    return FIXED_BYTES
        + 24L * inventory.regions().size()
        + 12L * inventory.irqs().size()
        + 4L * eventFds.size();
  }

  void write(MemorySegment bytes) {
    RecordWriter writer = new RecordWriter(bytes, MAGIC, flags).slot(slot);
    writer.u32(address.domain()).u32(address.function());
    writer.u32(identity.vendorAndDevice());
    writer.u32(identity.revisionAndClass());
    writer.u32(identity.subsystem());
    writer.u32(command).token(iommufd).u32(addressSpace).u32(irqIndex);
    writer.u32(inventory.flags()).u32(inventory.regions().size());
    for (Vfio.Region region : inventory.regions()) {
      writer.u32(region.index()).u32(region.flags()).u64(region.byteSize()).u64(region.offset());
    }
    writer.u32(inventory.irqs().size());
    for (Vfio.Irq irq : inventory.irqs()) {
      writer.u32(irq.index()).u32(irq.flags()).u32(irq.count());
    }
    writer.u32(eventFds.size());
    eventFds.forEach(writer::slot);
    writer.end();
  }

  /** Completes a record in place, or takes that back. */
  static void stamp(MemorySegment bytes, int flags, int command) {
    bytes.set(RecordWriter.U32, COMMAND_OFFSET, command);
    bytes.set(RecordWriter.U32, FLAGS_OFFSET, flags);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  static VfioRecord read(MemorySegment bytes) throws CorruptRecordException {
    RecordReader reader = new RecordReader("vfio record", bytes, MAGIC, FROZEN | QUIESCED);
    Optional<Slot> slot = reader.slot("slot");
    PciAddress address = new PciAddress(reader.u32("domain"), reader.count("function", 0xffff));
    Vfio.Identity identity =
        new Vfio.Identity(reader.u32("vendor"), reader.u32("class"), reader.u32("subsystem"));
    int command = reader.count("COMMAND", 0xffff);
    Token iommufd = reader.token("iommufd");
    int addressSpace = reader.count("address space", Integer.MAX_VALUE);
    int irqIndex = reader.count("interrupt index", HIGHEST_PCI_IRQ);
    int infoFlags = reader.u32("device flags");
    List<Vfio.Region> regions = new ArrayList<>();
    for (int i = reader.count("regions", MOST_REGIONS); i > 0; i--) {
      Vfio.Region region =
          new Vfio.Region(
              reader.u32("region"),
              reader.u32("region flags"),
              reader.size("region size"),
              reader.size("region offset"));
      reader.exactly("region offset", (long) region.index() << 40, region.offset());
      ascending(
          reader, "region", regions.isEmpty() ? -1 : regions.getLast().index(), region.index());
      regions.add(region);
    }
    List<Vfio.Irq> irqs = new ArrayList<>();
    int vectors = 0;
    for (int i = reader.count("interrupt indices", MOST_IRQS); i > 0; i--) {
      Vfio.Irq irq =
          new Vfio.Irq(
              reader.u32("interrupt index"),
              reader.u32("interrupt flags"),
              reader.count("interrupts", MOST_VECTORS));
      ascending(
          reader, "interrupt index", irqs.isEmpty() ? -1 : irqs.getLast().index(), irq.index());
      vectors = irq.index() == irqIndex ? irq.count() : vectors;
      irqs.add(irq);
    }
    List<Optional<Slot>> eventFds = new ArrayList<>();
    for (int i = reader.count("eventfds", vectors); i > 0; i--) {
      eventFds.add(reader.slot("eventfd"));
    }
    reader.end();
    int flags = (reader.has(FROZEN) ? FROZEN : 0) | (reader.has(QUIESCED) ? QUIESCED : 0);
    Vfio.Inventory inventory =
        new Vfio.Inventory(infoFlags, List.copyOf(regions), List.copyOf(irqs));
    return new VfioRecord(
        flags,
        slot,
        address,
        identity,
        command,
        iommufd,
        addressSpace,
        irqIndex,
        inventory,
        List.copyOf(eventFds));
  }

  private static void ascending(RecordReader reader, String field, int previous, int index)
      throws CorruptRecordException {
    if (index <= previous) {
      throw reader.corrupt(field, "greater than " + previous, Integer.toString(index));
    }
  }
}
