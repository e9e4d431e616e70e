// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FlbIncoming;
import dev.luo.spi.FlbOutgoing;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.LuoException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which devices are preserved, over all sessions. The record is a header and the handle of a list
 * (u64), 0 while there is none; the list is a count (u32), then domain (u32) and function (u32) of
 * each. It grows behind the fixed record.
 */
final class PciDevices implements FileLifecycleBound<PciDevices.Claims> {

  static final PciDevices INSTANCE = new PciDevices();

  private static final Compatible COMPATIBLE = Compatible.of("paper-pci-devices-v1");
  private static final int MAGIC = 0x31494350; // PCI1
  private static final int COUNT_BYTES = 4;
  private static final int ENTRY_BYTES = 8;
  private static final int MOST = 1 << 16;

  /** The devices. Only those of an outgoing record can change. Thread-safe. */
  static final class Claims {

    private final Optional<Listing> listing;
    private final List<PciAddress> devices;

    private Claims(Optional<Listing> listing, List<PciAddress> devices) {
      this.listing = listing;
      this.devices = new ArrayList<>(devices);
    }

    /** Enters a device, which must not be there: two descriptors of one device are one device. */
    synchronized void claim(PciAddress device) throws LuoException {
      if (devices.contains(device)) {
        throw new HandlerException("device " + device + " is preserved already", Errno.EBUSY);
      }
      devices.add(device);
      try {
        outgoing().replace(devices);
      } catch (LuoException full) {
        devices.remove(device);
        throw full;
      }
    }

    /** Takes a device out. */
    synchronized void release(PciAddress device) {
      if (devices.remove(device)) {
        outgoing().shorten(devices);
      }
    }

    synchronized Set<PciAddress> devices() {
      return Set.copyOf(devices);
    }

    private Listing outgoing() {
      return listing.orElseThrow(() -> new IllegalStateException("these devices are incoming"));
    }
  }

  /** The record of an outgoing list: it stays where it is, and the list grows behind it. */
  private static final class Listing {

    private final HandoverMemory memory;
    private final MemorySegment record;
    private Handle list = Handle.NONE;

    private Listing(HandoverMemory memory, MemorySegment record) {
      this.memory = memory;
      this.record = record;
    }

    void replace(List<PciAddress> devices) throws LuoException {
      Handle longer = memory.allocate(COUNT_BYTES + (long) ENTRY_BYTES * devices.size());
      Handle old = list;
      list = longer;
      shorten(devices);
      record.set(RecordWriter.U64, RecordWriter.HEADER_BYTES, longer.value());
      if (!old.equals(Handle.NONE)) {
        memory.free(old);
      }
    }

    /**
     * Writes a list that is no longer than the one before, which needs no memory and cannot fail.
     */
    void shorten(List<PciAddress> devices) {
      MemorySegment bytes = memory.map(list);
      bytes.set(RecordWriter.U32, 0, devices.size());
      for (int i = 0; i < devices.size(); i++) {
        long offset = COUNT_BYTES + (long) ENTRY_BYTES * i;
        bytes.set(RecordWriter.U32, offset, devices.get(i).domain());
        bytes.set(RecordWriter.U32, offset + 4, devices.get(i).function());
      }
    }
  }

  private PciDevices() {}

  @Override
  public Compatible compatible() {
    return COMPATIBLE;
  }

  @Override
  public Shared<Claims> preserve(FlbOutgoing context) throws LuoException {
    Handle handle = context.memory().allocate(RecordWriter.HEADER_BYTES + Long.BYTES);
    MemorySegment record = context.memory().map(handle);
    new RecordWriter(record, MAGIC, 0).handle(Handle.NONE).end();
    return new Shared<>(
        handle, new Claims(Optional.of(new Listing(context.memory(), record)), List.of()));
  }

  @Override
  public void unpreserve(FlbOutgoing context, Shared<Claims> shared) {
    // The record goes with its memory.
  }

  @Override
  public Claims retrieve(FlbIncoming context) throws LuoException {
    RecordReader record =
        new RecordReader("pci devices", context.memory().map(context.handle()), MAGIC, 0);
    Handle list = record.handle("list");
    record.end();
    List<PciAddress> devices = new ArrayList<>();
    if (!list.equals(Handle.NONE)) {
      RecordReader reader = new RecordReader("list of pci devices", context.memory().map(list));
      for (int i = reader.count("devices", MOST); i > 0; i--) {
        devices.add(new PciAddress(reader.u32("domain"), reader.count("function", 0xffff)));
      }
    }
    return new Claims(Optional.empty(), devices);
  }

  @Override
  public void finish(FlbIncoming context, Shared<Claims> shared) {
    // The record goes with its memory.
  }
}
