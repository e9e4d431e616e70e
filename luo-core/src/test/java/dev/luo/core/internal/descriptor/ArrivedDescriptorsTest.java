// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.Memfd;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Slot;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class ArrivedDescriptorsTest {

  private static final Slot SLOT = new Slot(4);
  private static final Owner OWNER = new Owner.OfFile(0, 0);

  private static SlotEntry entry(Fd carried) throws Exception {
    return new SlotEntry(SLOT, OWNER, carried.number(), FdKind.MEMFD, carried.identity());
  }

  @Test
  void find_whatWasCarried() throws Exception {
    Fd memfd = Memfd.create("carried");
    ArrivedDescriptors arrived =
        new ArrivedDescriptors(List.of(entry(memfd)), slot -> Optional.of(memfd));

    assertThat(arrived.find(SLOT, OWNER)).containsSame(memfd);
    assertThat(arrived.held()).containsExactly(memfd);
    assertThatExceptionOfType(CorruptRecordException.class)
        .isThrownBy(() -> arrived.find(SLOT, new Owner.OfFile(0, 1)));
    assertThatExceptionOfType(CorruptRecordException.class)
        .isThrownBy(() -> arrived.find(new Slot(5), OWNER));

    arrived.drop(OWNER);
    assertThat(memfd.isOpen()).isFalse();
  }

  @Test
  void drop_aNumberThatSomebodyElseHas_leavesItOpen() throws Exception {
    try (Fd carried = Memfd.create("carried");
        Fd somebodyElses = EventFd.create(0)) {
      int number = somebodyElses.number();
      ArrivedDescriptors arrived =
          new ArrivedDescriptors(List.of(entry(carried)), slot -> Optional.of(Fd.adopt(number)));

      assertThat(arrived.held()).isEmpty();
      assertThatExceptionOfType(CorruptRecordException.class)
          .isThrownBy(() -> arrived.find(SLOT, OWNER))
          .withMessageContaining("0x4");
      arrived.dropAll();

      assertThat(somebodyElses.kind()).isEqualTo(FdKind.EVENTFD);
    }
  }

  @Test
  void drop_aNumberThatIsNotOpen() throws Exception {
    SlotEntry entry;
    int number;
    try (Fd carried = Memfd.create("carried")) {
      entry = entry(carried);
      number = carried.number();
    }
    ArrivedDescriptors arrived =
        new ArrivedDescriptors(List.of(entry), slot -> Optional.of(Fd.adopt(number)));

    arrived.drop(OWNER);

    assertThat(arrived.held()).isEmpty();
  }

  @Test
  void find_whatTheCrossingCouldNotBring() throws Exception {
    try (Fd carried = Memfd.create("carried")) {
      ArrivedDescriptors arrived =
          new ArrivedDescriptors(List.of(entry(carried)), slot -> Optional.empty());

      assertThat(arrived.find(SLOT, OWNER)).isEmpty();
      arrived.dropAll();
    }
  }
}
