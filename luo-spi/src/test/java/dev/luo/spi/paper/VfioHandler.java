// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Fidelity;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.OutgoingRecord;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Recovery;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Slot;
import dev.luo.spi.ThawCause;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries a PCI device of vfio in the middle of its work, or finds it again under a new kernel.
 *
 * <p><b>Preserved</b>
 *
 * <ul>
 *   <li>where the descriptor crosses: everything, DMA and interrupts go on. Retrieve then only
 *       looks;
 *   <li>where it does not: address, place in its iommufd's address space, COMMAND; eventfds that
 *       cross are armed again, in place of others there are new ones, and each fires once for what
 *       was missed.
 * </ul>
 *
 * <p><b>Not preserved</b>
 *
 * <ul>
 *   <li>maps of BARs, which belong to an address space;
 *   <li>over a kernel: what is inside the device. Binding resets it.
 * </ul>
 *
 * <p><b>Restrictions</b>
 *
 * <ul>
 *   <li>bound character devices of vfio-pci; no groups, containers or mediated devices;
 *   <li>a {@link VfioLedger} is attached; the iommufd is preserved before, in the same session;
 *   <li>one interrupt index, armed from vector 0 without gaps, and not again while preserved.
 * </ul>
 */
final class VfioHandler implements FileHandler<PciAddress> {

  /** The eventfds of the armed index, the successor's own. Closing it closes them. */
  record Interrupts(int index, List<Fd> eventFds) implements AutoCloseable {
    @Override
    public void close() {
      eventFds.forEach(Fd::close);
    }
  }

  /** What an embedder may give to a retrieve. */
  enum Rebuild {
    /** A device that did not cross is not bound anew: that would reset it. */
    REFUSED
  }

  private static final Compatible COMPATIBLE = Compatible.of("paper-vfio-pci-v1");

  @Override
  public Compatible compatible() {
    return COMPATIBLE;
  }

  @Override
  public List<FileLifecycleBound<?>> dependencies() {
    return List.of(PciDevices.INSTANCE);
  }

  /** The link in fdinfo first: requests of vfio mean something else to other kinds of file. */
  @Override
  public boolean canPreserve(Fd file) {
    try {
      return file.kind() == FdKind.CHARACTER_DEVICE && PciAddress.of(file).isPresent();
    } catch (IOException notOpen) {
      return false;
    }
  }

  @Override
  public Preserved<PciAddress> preserve(OutgoingContext context) throws LuoException, IOException {
    VfioLedger ledger = ledger(context);
    PciAddress address = VfioState.address(context.file());
    PciDevices.Claims claims = context.shared(PciDevices.INSTANCE);
    claims.claim(address);
    try {
      VfioRecord record = describe(context, ledger, address);
      Handle handle = context.memory().allocate(record.recordSize());
      record.write(context.memory().map(handle));
      return new Preserved<>(handle, address);
    } catch (LuoException | IOException | RuntimeException refused) {
      claims.release(address);
      throw refused;
    }
  }

  @Override
  public void unpreserve(PreservedContext<PciAddress> context) {
    context.shared(PciDevices.INSTANCE).release(context.runtime());
  }

  @Override
  public Handle freeze(FreezeContext<PciAddress> context) throws LuoException, IOException {
    Fd device = context.file();
    MemorySegment bytes = context.memory().map(context.handle());
    VfioRecord record = VfioRecord.read(bytes);
    VfioLedger ledger = ledger(context);
    VfioState.checkIdentity(device, record);
    if (ledger.eventFds().size() != record.eventFds().size()) {
      throw new HandlerException("interrupts were armed again after preserve", Errno.EBUSY);
    }
    int command = Vfio.command(device);
    int flags = VfioRecord.FROZEN;
    if (context.crossing().boundary() == Boundary.KERNEL) {
      VfioState.quiesce(device, record, command);
      flags |= VfioRecord.QUIESCED;
    }
    VfioRecord.stamp(bytes, flags, command);
    return context.handle();
  }

  @Override
  public void unfreeze(PreservedContext<PciAddress> context, ThawCause cause) {
    MemorySegment bytes = context.memory().map(context.handle());
    try {
      VfioRecord record = VfioRecord.read(bytes);
      if (record.has(VfioRecord.QUIESCED)) {
        VfioState.start(context.file(), record, ledger(context).eventFds());
      }
      VfioRecord.stamp(bytes, 0, record.command());
    } catch (LuoException | IOException failure) {
      context.note("device " + context.runtime() + " stays off: " + failure.getMessage());
    }
  }

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException, IOException {
    VfioRecord record = VfioRecord.read(context.memory().map(context.handle()));
    if (!context.shared(PciDevices.INSTANCE).devices().contains(record.address())) {
      throw new CorruptRecordException(
          "device " + record.address() + " is not among those preserved");
    }
    Restored iommufd = context.retrieve(record.iommufd());
    IommufdHandler.Arrived arrived =
        iommufd
            .attachment(IommufdHandler.Arrived.class)
            .orElseThrow(
                () -> new CorruptRecordException("no iommufd under token " + record.iommufd()));
    Optional<Fd> crossed = borrow(context, record.slot());
    if (crossed.isEmpty()) {
      return rebuild(context, record, iommufd.file(), arrived.newIds());
    }
    if (iommufd.fidelity() != Fidelity.LIVE) {
      // Bound to a context that nobody can reach any more: its DMA goes on for ever.
      throw new HandlerException(
          "device " + record.address() + " crossed and its iommufd did not",
          Errno.EBADFD,
          Recovery.START_COLD);
    }
    Fd device = crossed.get();
    if (!VfioState.address(device).equals(record.address())) {
      throw new CorruptRecordException(
          "carried device is " + VfioState.address(device) + ", recorded is " + record.address());
    }
    VfioState.checkIdentity(device, record);
    VfioState.checkInventory(device, record);
    if (record.has(VfioRecord.FROZEN)
        && !record.has(VfioRecord.QUIESCED)
        && Vfio.command(device) != record.command()) {
      throw new HandlerException(
          "COMMAND of " + record.address() + " changed after the freeze", Errno.EIO);
    }
    return Restored.live(device).with(interrupts(context, record));
  }

  /** Starts what stood still. While there was a way back, the predecessor's COMMAND had to stay. */
  @Override
  public void resume(RestoredContext context) {
    Restored restored = context.restored();
    try {
      VfioRecord record = VfioRecord.read(context.memory().map(context.handle()));
      Optional<Interrupts> interrupts = restored.attachment(Interrupts.class);
      if (interrupts.isPresent()
          && (record.has(VfioRecord.QUIESCED) || restored.fidelity() != Fidelity.LIVE)) {
        VfioState.start(restored.file(), record, interrupts.get().eventFds());
      }
    } catch (LuoException | IOException failure) {
      context.note("device stays off: " + failure.getMessage());
    }
  }

  @Override
  public void verify(RestoredContext context) throws LuoException, IOException {
    VfioRecord record = VfioRecord.read(context.memory().map(context.handle()));
    VfioState.checkIdentity(context.restored().file(), record);
    VfioState.checkInventory(context.restored().file(), record);
  }

  @Override
  public boolean canFinish(FinishContext context) {
    try {
      return context.retrieval() instanceof Retrieval.Retrieved(Restored restored)
          && Vfio.answers(restored.file());
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  public void finish(FinishContext context) {
    // The last close of the device would reset it, so that is the embedder's decision.
  }

  private static Restored rebuild(
      IncomingContext context, VfioRecord record, Fd iommufd, Map<Integer, Integer> newIds)
      throws LuoException, IOException {
    PciAddress address = record.address();
    if (context.attachment(Rebuild.class).equals(Optional.of(Rebuild.REFUSED))) {
      throw new HandlerException(
          "device " + address + " did not cross, and is not to be reset", Errno.EPERM);
    }
    if (!PciSysfs.identity(address).equals(record.identity())) {
      throw new HandlerException(
          "another device is at " + address + " now", Errno.ENODEV, Recovery.START_COLD);
    }
    Integer addressSpace = newIds.get(record.addressSpace());
    if (addressSpace == null) {
      throw new CorruptRecordException(
          "no address space " + record.addressSpace() + " in the iommufd");
    }
    Interrupts interrupts = interrupts(context, record);
    Fd device = null;
    try {
      device = PciSysfs.open(address);
      Vfio.bind(device, iommufd);
      Vfio.attach(device, addressSpace);
      VfioState.checkInventory(device, record);
      Vfio.command(device, (record.command() & ~Vfio.COMMAND_BUS_MASTER) | Vfio.COMMAND_MEMORY);
      return Restored.rebuilt(device, "bound anew, which resets what is inside").with(interrupts);
    } catch (LuoException | IOException | RuntimeException failed) {
      interrupts.close();
      if (device != null) {
        device.close();
      }
      throw failed;
    }
  }

  private static Interrupts interrupts(IncomingContext context, VfioRecord record)
      throws LuoException, IOException {
    List<Fd> own = new ArrayList<>();
    try {
      for (Optional<Slot> slot : record.eventFds()) {
        Optional<Fd> crossed = borrow(context, slot);
        own.add(crossed.isPresent() ? crossed.get().duplicate() : EventFd.create(0));
      }
      return new Interrupts(record.irqIndex(), List.copyOf(own));
    } catch (LuoException | IOException | RuntimeException failed) {
      own.forEach(Fd::close);
      throw failed;
    }
  }

  private static Optional<Fd> borrow(IncomingContext context, Optional<Slot> slot)
      throws LuoException {
    return slot.isPresent() ? context.tryBorrow(slot.get()) : Optional.empty();
  }

  private static VfioRecord describe(OutgoingContext context, VfioLedger ledger, PciAddress address)
      throws LuoException, IOException {
    Fd device = context.file();
    Vfio.Inventory inventory;
    try {
      inventory = Vfio.inventory(device);
    } catch (LinuxException notBound) {
      throw HandlerException.of("device " + address + " is not bound", notBound);
    }
    if (!inventory.isPci()) {
      throw new HandlerException("device " + address + " is not of vfio-pci", Errno.EOPNOTSUPP);
    }
    List<Optional<Slot>> eventFds = new ArrayList<>();
    for (Fd eventFd : ledger.eventFds()) {
      eventFds.add(context.tryCarry(eventFd));
    }
    return new VfioRecord(
        0,
        context.tryCarry(device),
        address,
        Vfio.identity(device),
        Vfio.command(device),
        context.refer(ledger.iommufd()),
        ledger.addressSpace(),
        ledger.irqIndex(),
        inventory,
        List.copyOf(eventFds));
  }

  private static VfioLedger ledger(OutgoingRecord context) throws HandlerException {
    return context
        .attachment(VfioLedger.class)
        .orElseThrow(() ->
            new HandlerException(
                "nothing tells the iommufd and eventfds of a device: attach a VfioLedger",
                Errno.EINVAL,
                Recovery.FIX_ARGUMENTS));
  }
}
