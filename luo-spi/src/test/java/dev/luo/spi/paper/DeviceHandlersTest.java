// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Memfd;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Origin;
import dev.luo.spi.Restored;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import dev.luo.testing.RequiresFacility;
import org.junit.jupiter.api.Test;

/** Walks {@link IommufdHandler} with a real context; it needs no device. */
@NoDescriptorLeaks
@RequiresFacility(value = "vfio", files = "/dev/iommu")
class DeviceHandlersTest {

  private static final Token MEMORY = Token.of(1);
  private static final Token CONTEXT = Token.of(2);
  private static final long BYTES = 1 << 20;
  private static final long ADDRESS = 0x10_0000;

  private final IommuLedger ledger = new IommuLedger();

  @Test
  void retrieve_overProcess_findsEveryMapping() throws Exception {
    try (Fd memory = memory();
        Fd context = context(memory);
        Predecessor predecessor = new Predecessor(Crossing.SUCCESSOR)) {
      predecessor.preserve(new MemfdHandler(), MEMORY, memory);
      predecessor.preserve(new IommufdHandler(), CONTEXT, context, ledger);
      predecessor.freezeAll(Crossing.SUCCESSOR);
      try (Successor successor = successor(predecessor, Crossing.SUCCESSOR)) {
        Restored restored = successor.retrieve(CONTEXT);

        assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
        assertThat(restored.attachment(IommufdHandler.Arrived.class))
            .hasValueSatisfying(arrived -> assertThat(arrived.record().mappings()).hasSize(1));
      }
    }
  }

  @Test
  void retrieve_overKernel_mapsTheMemoryUnderNewIds() throws Exception {
    try (Fd memory = memory();
        Fd context = context(memory);
        Predecessor predecessor = new Predecessor(Crossing.SUCCESSOR, Crossing.KERNEL)) {
      predecessor.preserve(new MemfdHandler(), MEMORY, memory);
      predecessor.preserve(new IommufdHandler(), CONTEXT, context, ledger);
      predecessor.freezeAll(Crossing.KERNEL);
      try (Successor successor = successor(predecessor, Crossing.KERNEL)) {
        Restored restored = successor.retrieve(CONTEXT);

        assertThat(restored.fidelity()).isEqualTo(Fidelity.REBUILT);
        var arrived = restored.attachment(IommufdHandler.Arrived.class).orElseThrow();
        for (int id : arrived.newIds().values()) {
          assertThat(Iommu.isAddressSpace(restored.file(), id)).isTrue();
        }
      }
    }
  }

  @Test
  void freeze_ofAContextChangedBehindTheLedger_isRefused() throws Exception {
    try (Fd memory = memory();
        Fd context = context(memory);
        Predecessor predecessor = new Predecessor(Crossing.SUCCESSOR)) {
      predecessor.preserve(new MemfdHandler(), MEMORY, memory);
      var file = predecessor.preserve(new IommufdHandler(), CONTEXT, context, ledger);
      int stranger = Iommu.allocateAddressSpace(context);

      assertThatThrownBy(() -> file.freeze(Crossing.SUCCESSOR))
          .isInstanceOf(HandlerException.class)
          .hasMessageContaining("address spaces are");

      Iommu.destroy(context, stranger);
      file.freeze(Crossing.SUCCESSOR);
      file.unfreeze(ThawCause.RETURNED);
      assertThat(file.notes()).isEmpty();
    }
  }

  private Fd context(Fd memory) throws Exception {
    Fd context = Open.file("/dev/iommu", OpenFlag.READ_WRITE);
    int space = Iommu.allocateAddressSpace(context);
    int rights = Iommu.READABLE | Iommu.WRITEABLE;
    Iommu.mapFile(
        context,
        space,
        new IommufdRecord.Mapping(space, rights, ADDRESS, BYTES, 0, MEMORY, 0, BYTES),
        memory);
    ledger.addAddressSpace(space);
    ledger.add(new IommuLedger.Mapping(space, rights, ADDRESS, BYTES, memory, 0));
    return context;
  }

  private static Fd memory() throws Exception {
    Fd memory = Memfd.create("dma");
    FileIo.truncate(memory, BYTES);
    return memory;
  }

  private static Successor successor(Predecessor predecessor, Crossing crossing) throws Exception {
    return new Successor(
        predecessor.handOver(crossing, Origin.HANDOVER), new MemfdHandler(), new IommufdHandler());
  }
}
