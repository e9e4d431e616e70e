// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of the device handlers needs no device: their records, and the list they share. */
class DeviceRecordsTest {

  private static final PciAddress DEVICE = new PciAddress(0x10000, 0x0528);

  private final VfioRecord vfio =
      new VfioRecord(
          0,
          Optional.empty(),
          DEVICE,
          new Vfio.Identity(0x11e81234, 0x00ff0010, 0x11001af4),
          0x0106,
          Token.of(-1),
          2,
          1,
          new Vfio.Inventory(
              2,
              List.of(new Vfio.Region(0, 7, 1 << 20, 0), new Vfio.Region(7, 3, 0x100, 7L << 40)),
              List.of(new Vfio.Irq(0, 7, 1), new Vfio.Irq(1, 9, 2))),
          List.of(Optional.of(new Slot(4)), Optional.empty()));

  private final IommufdRecord iommufd =
      new IommufdRecord(
          Optional.of(new Slot(3)),
          0,
          List.of(2, 5),
          List.of(
              new IommufdRecord.Mapping(2, 6, 0, 0x1000, 0, Token.of(1), 77, 0x3000),
              new IommufdRecord.Mapping(2, 4, 0x1000, 0x2000, 0x1000, Token.of(1), 77, 0x3000),
              new IommufdRecord.Mapping(5, 6, 0, 0x3000, 0, Token.of(1), 77, 0x3000)));

  @Test
  void vfioRecord_readsWhatWasWritten() throws Exception {
    assertThat(VfioRecord.read(Damage.copy(bytes(vfio)))).isEqualTo(vfio);
  }

  @Test
  void vfioRecord_stamped_keepsEverythingElse() throws Exception {
    byte[] bytes = bytes(vfio);

    VfioRecord.stamp(MemorySegment.ofArray(bytes), VfioRecord.FROZEN | VfioRecord.QUIESCED, 0x0107);

    VfioRecord stamped = VfioRecord.read(Damage.copy(bytes));
    assertThat(stamped.has(VfioRecord.QUIESCED)).isTrue();
    assertThat(stamped.command()).isEqualTo(0x0107);
    assertThat(stamped.inventory()).isEqualTo(vfio.inventory());
    assertThat(stamped.eventFds()).isEqualTo(vfio.eventFds());
  }

  @Test
  void vfioRecord_damaged_isRefusedAndNeverABug() throws Exception {
    byte[] bytes = bytes(vfio);
    Damage.everyHeaderByte(bytes, () -> VfioRecord.read(Damage.copy(bytes)));
    Damage.everyOtherByte(bytes, () -> VfioRecord.read(Damage.copy(bytes)));
  }

  @Test
  void iommufdRecord_readsWhatWasWritten() throws Exception {
    assertThat(IommufdRecord.read(Damage.copy(bytes(iommufd)))).isEqualTo(iommufd);
  }

  @Test
  void iommufdRecord_damaged_isRefusedAndNeverABug() throws Exception {
    byte[] bytes = bytes(iommufd);
    Damage.everyHeaderByte(bytes, () -> IommufdRecord.read(Damage.copy(bytes)));
    Damage.everyOtherByte(bytes, () -> IommufdRecord.read(Damage.copy(bytes)));
  }

  @Test
  void iommufdRecord_withOverlappingMappings_isRefused() {
    IommufdRecord overlapping =
        new IommufdRecord(
            Optional.empty(),
            0,
            List.of(2),
            List.of(
                new IommufdRecord.Mapping(2, 6, 0, 0x2000, 0, Token.of(1), 77, 0x3000),
                new IommufdRecord.Mapping(2, 6, 0x1000, 0x1000, 0, Token.of(1), 77, 0x3000)));

    assertThatThrownBy(() -> IommufdRecord.read(Damage.copy(bytes(overlapping))))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining("behind the one before it");
  }

  @Test
  void iommufdRecord_withAddressesThatWrap_isRefused() {
    IommufdRecord wrapping =
        new IommufdRecord(
            Optional.empty(),
            0,
            List.of(2),
            List.of(new IommufdRecord.Mapping(2, 6, -0x1000, 0x2000, 0, Token.of(1), 7, 0x3000)));

    assertThatThrownBy(() -> IommufdRecord.read(Damage.copy(bytes(wrapping))))
        .isInstanceOf(CorruptRecordException.class);
  }

  @Test
  void pciDevices_growAndCross() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      PaperMemory memory = new PaperMemory(arena, 1 << 20);
      PaperShared<PciDevices.Claims> shared = PaperShared.preserve(PciDevices.INSTANCE, memory);
      PciDevices.Claims claims = shared.live();
      for (int function = 0; function < 300; function++) {
        claims.claim(new PciAddress(0, function));
      }
      claims.claim(DEVICE);
      claims.release(new PciAddress(0, 0));
      assertThatThrownBy(() -> claims.claim(DEVICE))
          .isInstanceOf(HandlerException.class)
          .hasMessageContaining("preserved already");

      Set<PciAddress> arrived = shared.retrieve().devices();
      assertThat(arrived).isEqualTo(claims.devices()).hasSize(300).contains(DEVICE);
      assertThat(memory.handles()).hasSize(2);
    }
  }

  @Test
  void pciAddress_isShownAsInSysfs() {
    assertThat(DEVICE).hasToString("10000:05:05.0");
  }

  private static byte[] bytes(VfioRecord record) {
    byte[] bytes = new byte[Math.toIntExact(record.recordSize())];
    record.write(MemorySegment.ofArray(bytes));
    return bytes;
  }

  private static byte[] bytes(IommufdRecord record) {
    byte[] bytes = new byte[Math.toIntExact(record.recordSize())];
    record.write(MemorySegment.ofArray(bytes));
    return bytes;
  }
}
