// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileStatus;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Crossing;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Recovery;
import dev.luo.spi.Restored;
import dev.luo.spi.Slot;
import dev.luo.spi.ThawCause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries an iommufd with its address spaces and mappings, or rebuilds it on the same memory.
 *
 * <p><b>Preserved</b>
 *
 * <ul>
 *   <li>where the descriptor crosses: everything, with DMA in flight; the pages are charged to the
 *       successor;
 *   <li>where it does not: address spaces under new ids, told by {@link Arrived}, and every mapping
 *       of the ledger at its address, on the memfd that crossed under its own token.
 * </ul>
 *
 * <p><b>Not preserved</b> over a kernel
 *
 * <ul>
 *   <li>reserved ranges and the huge-page option of an address space; explicit page tables.
 * </ul>
 *
 * <p><b>Restrictions</b>
 *
 * <ul>
 *   <li>an {@link IommuLedger} is attached, and stays locked while the file is preserved; it is
 *       checked against the kernel, which shows what it lacks among address spaces but not among
 *       mappings;
 *   <li>every mapping is of a memfd of the same session;
 *   <li>pages charged to the process do not cross exec or a store: their owner would be gone
 *       before.
 * </ul>
 */
final class IommufdHandler implements FileHandler<IommufdHandler.Kept> {

  /**
   * What the successor gets beside the descriptor, the embedder as well as devices that refer to
   * it.
   *
   * @param newIds of the recorded address spaces; the same ones where the descriptor itself crossed
   */
  record Arrived(IommufdRecord record, Map<Integer, Integer> newIds) {}

  /** What this process needs later. */
  record Kept(IommuLedger ledger, IommufdRecord record) {}

  private static final Compatible COMPATIBLE = Compatible.of("paper-iommufd-v1");

  /** Ids are given lowest first, so strangers are found a little above the highest known one. */
  private static final int IDS_BEYOND = 64;

  @Override
  public Compatible compatible() {
    return COMPATIBLE;
  }

  @Override
  public boolean canPreserve(Fd file) {
    return Iommu.isContext(file);
  }

  @Override
  public Preserved<Kept> preserve(OutgoingContext context) throws LuoException, LinuxException {
    IommuLedger ledger =
        context
            .attachment(IommuLedger.class)
            .orElseThrow(() ->
                new HandlerException(
                    "objects of an iommufd cannot be listed: attach an IommuLedger",
                    Errno.EINVAL,
                    Recovery.FIX_ARGUMENTS));
    IommuLedger.Content content = ledger.lock();
    try {
      IommufdRecord record = describe(context, content);
      checkAccounting(record, context.crossings());
      compareWithKernel(context.file(), record);
      Handle handle = context.memory().allocate(record.recordSize());
      record.write(context.memory().map(handle));
      return new Preserved<>(handle, new Kept(ledger, record));
    } catch (LuoException | LinuxException | RuntimeException refused) {
      ledger.unlock();
      throw refused;
    }
  }

  @Override
  public void unpreserve(PreservedContext<Kept> context) {
    context.runtime().ledger().unlock();
  }

  @Override
  public Handle freeze(FreezeContext<Kept> context) throws LuoException, LinuxException {
    // The ledger is locked; somebody may have gone past it.
    compareWithKernel(context.file(), context.runtime().record());
    return context.handle();
  }

  @Override
  public void unfreeze(PreservedContext<Kept> context, ThawCause cause) {
    if (cause == ThawCause.REFUSED) {
      return;
    }
    try {
      takeCharge(context.file(), context.runtime().record());
    } catch (LinuxException failure) {
      // DMA goes on; only the accounting stays with a process that may be gone.
      context.note("pinned pages stay charged to the successor: " + failure.getMessage());
    }
  }

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException, LinuxException {
    IommufdRecord record = IommufdRecord.read(context.memory().map(context.handle()));
    Optional<Slot> slot = record.slot();
    Optional<Fd> crossed = slot.isPresent() ? context.tryBorrow(slot.get()) : Optional.empty();
    if (crossed.isEmpty()) {
      return rebuild(context, record);
    }
    Fd iommufd = crossed.get();
    if (!Iommu.isContext(iommufd)) {
      throw new CorruptRecordException("carried descriptor is no iommufd: " + iommufd.describe());
    }
    for (IommufdRecord.Mapping mapping : record.mappings()) {
      checkMemory(context.retrieve(mapping.memory()).file(), mapping, true);
    }
    compareAddressSpaces(iommufd, record);
    for (IommufdRecord.Mapping mapping : record.mappings()) {
      Iommu.probe(iommufd, mapping);
    }
    takeCharge(iommufd, record);
    Map<Integer, Integer> sameIds = new HashMap<>();
    record.addressSpaces().forEach(id -> sameIds.put(id, id));
    return Restored.live(iommufd).with(new Arrived(record, Map.copyOf(sameIds)));
  }

  @Override
  public void finish(FinishContext context) {
    // Closing belongs to the embedder: a device may still stand on the context.
  }

  private static Restored rebuild(IncomingContext context, IommufdRecord record)
      throws LuoException, LinuxException {
    Fd iommufd = Open.file("/dev/iommu", OpenFlag.READ_WRITE);
    try {
      if (record.rlimitMode() == 1) {
        Iommu.rlimitMode(iommufd, 1);
      }
      Map<Integer, Integer> newIds = new HashMap<>();
      for (int id : record.addressSpaces()) {
        newIds.put(id, Iommu.allocateAddressSpace(iommufd));
      }
      for (IommufdRecord.Mapping mapping : record.mappings()) {
        Fd memory = context.retrieve(mapping.memory()).file();
        checkMemory(memory, mapping, context.boundary() == Boundary.PROCESS);
        // Pinned only when a device is attached, which is the device's business.
        Iommu.mapFile(iommufd, newIds.getOrDefault(mapping.addressSpace(), 0), mapping, memory);
      }
      return Restored.rebuilt(iommufd, "new context with new ids")
          .with(new Arrived(record, Map.copyOf(newIds)));
    } catch (LuoException | LinuxException | RuntimeException failed) {
      iommufd.close();
      throw failed;
    }
  }

  private static IommufdRecord describe(OutgoingContext context, IommuLedger.Content content)
      throws LuoException, LinuxException {
    List<IommufdRecord.Mapping> mappings = new ArrayList<>();
    for (IommuLedger.Mapping mapping : content.mappings()) {
      FileStatus memory = FileStatus.of(mapping.memory());
      mappings.add(
          new IommufdRecord.Mapping(
              mapping.addressSpace(),
              mapping.rights(),
              mapping.address(),
              mapping.byteSize(),
              mapping.offset(),
              context.refer(mapping.memory()),
              memory.identity().inode(),
              memory.byteSize()));
    }
    mappings.sort(
        Comparator.comparingInt(IommufdRecord.Mapping::addressSpace)
            .thenComparing(IommufdRecord.Mapping::address, Long::compareUnsigned));
    return new IommufdRecord(
        context.tryCarry(context.file()),
        Iommu.rlimitMode(context.file()),
        content.addressSpaces(),
        List.copyOf(mappings));
  }

  private static void checkAccounting(IommufdRecord record, Set<Crossing> crossings)
      throws HandlerException {
    boolean ownerGoesFirst =
        crossings.contains(Crossing.EXEC) || crossings.contains(Crossing.STORE);
    if (record.rlimitMode() == 1 && ownerGoesFirst && record.slot().isPresent()) {
      throw new HandlerException(
          "pages are charged to this process, which ends before the successor can take them over",
          Errno.EOPNOTSUPP);
    }
  }

  private static void compareWithKernel(Fd iommufd, IommufdRecord record)
      throws LuoException, LinuxException {
    try {
      Iommu.changeProcess(iommufd);
    } catch (LinuxException refused) {
      throw HandlerException.of("a mapping is not of a file", refused);
    }
    compareAddressSpaces(iommufd, record);
    for (IommufdRecord.Mapping mapping : record.mappings()) {
      try {
        Iommu.probe(iommufd, mapping);
      } catch (LinuxException refused) {
        throw HandlerException.of("the kernel does not have " + mapping, refused);
      }
    }
  }

  private static void compareAddressSpaces(Fd iommufd, IommufdRecord record)
      throws HandlerException, LinuxException {
    Set<Integer> found = new HashSet<>();
    int highest = record.addressSpaces().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int id = 1; id <= highest + IDS_BEYOND; id++) {
      if (Iommu.isAddressSpace(iommufd, id)) {
        found.add(id);
      }
    }
    if (!found.equals(Set.copyOf(record.addressSpaces()))) {
      throw new HandlerException(
          "address spaces are " + found + ", recorded are " + record.addressSpaces(), Errno.EBADF);
    }
  }

  private static void checkMemory(Fd memory, IommufdRecord.Mapping mapping, boolean sameKernel)
      throws LuoException, LinuxException {
    FileStatus status = FileStatus.of(memory);
    if (status.byteSize() != mapping.fileSize()
        || (sameKernel && status.identity().inode() != mapping.inode())) {
      throw new CorruptRecordException(memory.describe() + " is not the memory of " + mapping);
    }
  }

  /**
   * Charged to a process that is gone, the pages change hands at the first call, which says EINVAL.
   */
  private static void takeCharge(Fd iommufd, IommufdRecord record) throws LinuxException {
    try {
      Iommu.changeProcess(iommufd);
    } catch (LinuxException refused) {
      if (record.rlimitMode() != 1 || !refused.errno().equals(Errno.EINVAL)) {
        throw refused;
      }
      Iommu.changeProcess(iommufd);
    }
  }
}
