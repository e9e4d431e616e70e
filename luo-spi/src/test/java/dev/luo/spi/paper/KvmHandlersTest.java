// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.HandlerException;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Origin;
import dev.luo.spi.Recovery;
import dev.luo.spi.Restored;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moves a running guest from one machine of KVM to another on the same memory. */
@NoDescriptorLeaks
class KvmHandlersTest {

  private static final Token MEMORY = Token.of(1);
  private static final Token MACHINE = Token.of(2);
  private static final Token PROCESSOR = Token.of(3);

  @BeforeEach
  void requireKvm() {
    Facilities.require(
        "kvm", System.getProperty("os.arch").equals("amd64"), "the handlers are for x86-64");
    try (Fd kvm = Open.file("/dev/kvm", OpenFlag.READ_WRITE)) {
      assertThat(kvm.isOpen()).isTrue();
    } catch (LinuxException cannot) {
      Facilities.require("kvm", false, String.valueOf(cannot.getMessage()));
    }
  }

  @Test
  void guest_goesOnWhereItStood() throws Exception {
    try (Guest guest = Guest.create(40);
        Predecessor predecessor = new Predecessor(Crossing.EXEC)) {
      preserve(predecessor, guest);
      assertThat(Guest.run(guest.processor())).isEqualTo(41);
      predecessor.freezeAll(Crossing.EXEC);
      try (Successor successor = successor(predecessor, Origin.HANDOVER)) {
        // The processor first: it fetches its machine, and that its memory.
        Restored processor = successor.retrieve(PROCESSOR);
        assertThat(processor.fidelity()).isEqualTo(Fidelity.REBUILT);
        successor.resume(MACHINE);
        successor.resume(PROCESSOR);

        assertThat(successor.notes()).isEmpty();
        assertThat(Guest.run(processor.file())).isEqualTo(42);
        assertThat(successor.retrieve(MACHINE).attachment(KvmVmHandler.MappedMemory.class))
            .hasValueSatisfying(memory -> assertThat(memory.slots()).hasSize(1));
      }
    }
  }

  @Test
  void guest_goesOnInThePredecessorIfTheUpdateIsCancelled() throws Exception {
    try (Guest guest = Guest.create(40);
        Predecessor predecessor = new Predecessor(Crossing.EXEC)) {
      var processor = preserve(predecessor, guest);
      predecessor.freezeAll(Crossing.EXEC);
      processor.unfreeze(ThawCause.REFUSED);
      assertThat(Guest.run(guest.processor())).isEqualTo(41);

      processor.freeze(Crossing.EXEC);
      try (Successor successor = successor(predecessor, Origin.HANDOVER)) {
        assertThat(Guest.run(successor.retrieve(PROCESSOR).file())).isEqualTo(42);
      }
    }
  }

  @Test
  void retrieve_afterACrash_isRefusedAsThereIsNothingToRebuildFrom() throws Exception {
    try (Guest guest = Guest.create(40);
        Predecessor predecessor = new Predecessor(Crossing.STORE)) {
      var processor = preserve(predecessor, guest);
      predecessor.freezeAll(Crossing.STORE);
      processor.unfreeze(ThawCause.REFUSED);
      try (Successor successor = successor(predecessor, Origin.CRASH)) {
        assertThatThrownBy(() -> successor.retrieve(PROCESSOR))
            .isInstanceOfSatisfying(
                HandlerException.class,
                refused -> {
                  assertThat(refused.errno()).isEqualTo(Errno.ENODATA);
                  assertThat(refused.recovery()).isEqualTo(Recovery.START_COLD);
                });
      }
    }
  }

  @Test
  void preserve_ofAMachineWithoutItsMemory_isRefused() throws Exception {
    try (Guest guest = Guest.create(0);
        Predecessor predecessor = new Predecessor(Crossing.EXEC)) {
      assertThatThrownBy(() ->
              predecessor.preserve(new KvmVmHandler(), MACHINE, guest.machine(), guest.layout()))
          .isInstanceOf(NoSuchTokenException.class);
      assertThatThrownBy(() -> predecessor.preserve(new KvmVmHandler(), MACHINE, guest.machine()))
          .hasMessageContaining("attach a GuestMemory");
    }
  }

  @Test
  void retrieve_ofADamagedProcessor_isRefusedAndNeverABug() throws Exception {
    try (Guest guest = Guest.create(40);
        Predecessor predecessor = new Predecessor(Crossing.EXEC)) {
      preserve(predecessor, guest);
      predecessor.freezeAll(Crossing.EXEC);
      try (Handover handover = predecessor.handOver(Crossing.EXEC, Origin.HANDOVER)) {
        byte[] record = handover.record(PROCESSOR);
        Damage.everyHeaderByte(record, () -> KvmVcpuRecord.read(Damage.copy(record)));
        Damage.everyOtherByte(record, () -> KvmVcpuRecord.read(Damage.copy(record)));
      }
    }
  }

  @Test
  void retrieve_ofADamagedMachine_isRefusedAndNeverABug() throws Exception {
    try (Guest guest = Guest.create(40);
        Predecessor predecessor = new Predecessor(Crossing.EXEC)) {
      preserve(predecessor, guest);
      predecessor.freezeAll(Crossing.EXEC);
      try (Handover handover = predecessor.handOver(Crossing.EXEC, Origin.HANDOVER)) {
        byte[] record = handover.record(MACHINE);
        Damage.everyHeaderByte(record, () -> retrieveAndClose(handover));
        Damage.everyOtherByte(record, () -> retrieveAndClose(handover));
      }
    }
  }

  private static void retrieveAndClose(Handover handover) throws Exception {
    Successor successor = successor(handover);
    try {
      successor.retrieve(MACHINE);
    } finally {
      successor.closeRetrieved();
    }
  }

  private static Predecessor.File<@Nullable Void> preserve(Predecessor predecessor, Guest guest)
      throws Exception {
    predecessor.preserve(new MemfdHandler(), MEMORY, guest.memory());
    predecessor.preserve(new KvmVmHandler(), MACHINE, guest.machine(), guest.layout());
    return predecessor.preserve(
        new KvmVcpuHandler(),
        PROCESSOR,
        guest.processor(),
        new KvmVcpuHandler.Place(guest.machine(), 0));
  }

  private static Successor successor(Predecessor predecessor, Origin origin) throws Exception {
    return successor(predecessor.handOver(Crossing.EXEC, origin));
  }

  private static Successor successor(Handover handover) {
    return new Successor(handover, new MemfdHandler(), new KvmVmHandler(), new KvmVcpuHandler());
  }
}
