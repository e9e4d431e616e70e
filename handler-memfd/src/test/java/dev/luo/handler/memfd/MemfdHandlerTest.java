// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.FileIo.Extent;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Pipe;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.spi.CannotCarryException;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Recovery;
import dev.luo.spi.Restored;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory over the process boundary: what stays, and what is found out. */
@NoDescriptorLeaks
class MemfdHandlerTest {

  // What stays.

  @Test
  void retrieve_isTheSameOpenFile() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      Restored restored = rig.retrieve();
      try (Fd file = restored.file()) {
        assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
        assertThat(restored.note()).isEmpty();
        assertThat(restored.attachment()).isNull();
        assertThat(file.sameFile(memory)).isTrue();
        assertThat(Memfd.name(file)).isEqualTo("ram");
        assertThat(Memory.read(file, 0, Memory.CONTENT.length)).isEqualTo(Memory.CONTENT);
        rig.verify(restored);
      }
    }
  }

  @Test
  void retrieve_emptyMemory() throws Exception {
    try (Fd memory = Memfd.create("");
        Rig rig = new Rig(memory).preserve().freeze()) {
      Restored restored = rig.retrieve();
      try (Fd file = restored.file()) {
        assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
        assertThat(FileIo.size(file)).isZero();
        rig.verify(restored);
      }
    }
  }

  @Test
  void retrieve_sparseMemoryBeyondFourGiB() throws Exception {
    long byteSize = (5L << 30) + 1;
    try (Fd memory = Memory.withContent("sparse")) {
      FileIo.truncate(memory, byteSize);
      Memory.write(memory, byteSize - 3, (byte) 7, (byte) 8, (byte) 9);
      FileIo.position(memory, byteSize - 2);
      List<Extent> extents = FileIo.dataExtents(memory);
      try (Rig rig = new Rig(memory).preserve().freeze()) {
        Restored restored = rig.retrieve();
        try (Fd file = restored.file()) {
          assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
          assertThat(FileIo.size(file)).isEqualTo(byteSize);
          assertThat(FileIo.position(file)).isEqualTo(byteSize - 2);
          assertThat(FileIo.dataExtents(file)).isEqualTo(extents).hasSize(2);
          assertThat(Memory.read(file, byteSize - 3, 3)).containsExactly(7, 8, 9);
          rig.verify(restored);
        }
      }
    }
  }

  @Test
  void retrieve_largestSizeAndPosition() throws Exception {
    try (Fd memory = Memfd.create("largest")) {
      FileIo.truncate(memory, Long.MAX_VALUE);
      FileIo.position(memory, Long.MAX_VALUE);
      try (Rig rig = new Rig(memory).preserve().freeze()) {
        Restored restored = rig.retrieve();
        try (Fd file = restored.file()) {
          assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
          assertThat(FileIo.position(file)).isEqualTo(Long.MAX_VALUE);
          rig.verify(restored);
        }
      }
    }
  }

  @Test
  void retrieve_sealedInEveryCombination() throws Exception {
    for (int bits = 0; bits < 0x40; bits++) {
      try (Fd memory = Memory.withContent("sealed")) {
        Memfd.addSeals(memory, new SealSet(bits));
        SealSet seals = Memfd.seals(memory);
        try (Rig rig = new Rig(memory).preserve().freeze()) {
          rig.stage();
          Restored restored = rig.retrieve();
          try (Fd file = restored.file()) {
            assertThat(restored.fidelity()).as(seals::toString).isEqualTo(Fidelity.LIVE);
            assertThat(Memfd.seals(file)).isEqualTo(seals);
            assertThat(Memory.read(file, 0, Memory.CONTENT.length)).isEqualTo(Memory.CONTENT);
            rig.verify(restored);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OpenFlag.class,
      names = {"READ_ONLY", "WRITE_ONLY", "READ_WRITE"})
  void retrieve_keepsTheAccessMode(OpenFlag mode) throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Fd again = Open.again(memory, mode, OpenFlag.APPEND, OpenFlag.NON_BLOCKING);
        Rig rig = new Rig(again).preserve().freeze()) {
      rig.stage();
      Restored restored = rig.retrieve();
      try (Fd file = restored.file()) {
        assertThat(file.statusFlags()).isEqualTo(again.statusFlags());
        rig.verify(restored);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0600, 0777, 07777})
  void retrieve_keepsTheMode(int mode) throws Exception {
    try (Fd memory = Memory.withContent("ram")) {
      Memory.chmod(memory, mode);
      try (Rig rig = new Rig(memory).preserve().freeze()) {
        Restored restored = rig.retrieve();
        try (Fd file = restored.file()) {
          assertThat(MemfdState.of(file).mode()).isEqualTo(mode);
          rig.verify(restored);
        }
      }
    }
  }

  @Test
  void retrieve_hugePages() throws Exception {
    try (Fd memory = Memfd.create("huge", MemfdFlag.HUGETLB, MemfdFlag.ALLOW_SEALING)) {
      long pageSize = HugePages.sizeFor(memory);
      FileIo.truncate(memory, 2 * pageSize);
      Memfd.addSeals(memory, Seal.SHRINK, Seal.GROW);
      try (Rig rig = new Rig(memory).preserve().freeze()) {
        rig.stage();
        Restored restored = rig.retrieve();
        try (Fd file = restored.file()) {
          assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
          assertThat(FileIo.size(file)).isEqualTo(2 * pageSize);
          rig.verify(restored);
        }
      }
    }
  }

  @Test
  void retrieve_hugePagesWithContent() throws Exception {
    try (Fd memory = Memfd.create("huge", MemfdFlag.HUGETLB)) {
      long pageSize = HugePages.sizeFor(memory);
      FileIo.truncate(memory, pageSize);
      try (Mapping mapping = mapHugePages(memory, pageSize);
          Rig rig = new Rig(memory).preserve().freeze()) {
        mapping.segment().set(ValueLayout.JAVA_INT, 4096, 0x1234);
        Restored restored = rig.retrieve();
        try (Fd file = restored.file();
            Mapping again = Mapping.map(file, pageSize)) {
          assertThat(again.segment().get(ValueLayout.JAVA_INT, 4096)).isEqualTo(0x1234);
          rig.verify(restored);
        }
      }
    }
  }

  private static Mapping mapHugePages(Fd memory, long byteSize) throws IOException {
    try {
      return Mapping.map(memory, byteSize);
    } catch (LinuxException failure) {
      Facilities.require(
          "hugetlb-reserved", false, "no huge pages are reserved: " + failure.getMessage());
      throw failure;
    }
  }

  @Test
  void retrieve_unlinkedFileOfSharedMemory() throws Exception {
    try (Fd file = Memory.temporaryFile()) {
      Memory.write(file, 0, Memory.CONTENT);
      try (Rig rig = new Rig(file).preserve().freeze()) {
        Restored restored = rig.retrieve();
        try (Fd retrieved = restored.file()) {
          assertThat(Memory.read(retrieved, 0, Memory.CONTENT.length)).isEqualTo(Memory.CONTENT);
          assertThat(MemfdRecord.decode(rig.record()).name()).isNull();
          rig.verify(restored);
        }
      }
    }
  }

  // Freeze.

  @Test
  void freeze_takesThePositionOfThatMoment() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      FileIo.position(memory, 5);
      rig.freeze();

      assertThat(frozenPart(rig).position()).isEqualTo(5);
      assertLive(rig);
    }
  }

  @Test
  void freeze_positionMovedByADuplicate() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Fd duplicate = memory.duplicate();
        Rig rig = new Rig(memory).preserve()) {
      FileIo.position(duplicate, 6);
      rig.freeze();

      assertThat(frozenPart(rig).position()).isEqualTo(6);
      assertLive(rig);
    }
  }

  @Test
  void freeze_takesSizeSealsModeAndFlagsOfThatMoment() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      FileIo.truncate(memory, 12345);
      Memory.chmod(memory, 0640);
      memory.statusFlags(memory.statusFlags().with(OpenFlag.APPEND));
      Memfd.addSeals(memory, Seal.SHRINK, Seal.GROW, Seal.SEAL);
      rig.freeze();

      FrozenPart part = frozenPart(rig);
      assertThat(part.byteSize()).isEqualTo(12345);
      assertThat(part.mode()).isEqualTo(0640);
      assertThat(part.statusFlags().isSet(OpenFlag.APPEND)).isTrue();
      assertThat(part.seals()).isEqualTo(SealSet.of(Seal.SHRINK, Seal.GROW, Seal.SEAL));
      assertLive(rig);
    }
  }

  @Test
  void freeze_keepsTheHandleAndAllocatesNothing() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      Handle before = rig.handle;
      rig.freeze();

      assertThat(rig.handle).isEqualTo(before);
      assertThat(rig.allocationCount()).isEqualTo(1);
      assertThat(rig.carriedCount()).isEqualTo(1);
    }
  }

  @Test
  void freeze_againAfterACancelledUpdate() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      FileIo.truncate(memory, 100);
      FileIo.position(memory, 50);
      rig.freeze();

      assertThat(frozenPart(rig).byteSize()).isEqualTo(100);
      assertThat(frozenPart(rig).position()).isEqualTo(50);
      assertLive(rig);
    }
  }

  @Test
  void freeze_closedFile() throws Exception {
    Fd memory = Memory.withContent("ram");
    try (Rig rig = new Rig(memory).preserve()) {
      memory.close();

      assertThatThrownBy(rig::freeze).isInstanceOf(IllegalStateException.class);
    }
  }

  // Preserve and undoing it.

  @Test
  void preserve_failsToCarry() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory)) {
      LuoException failure = new CannotCarryException("full", Crossing.STORE, Errno.ENOSPC, null);
      rig.carryFailure = failure;

      assertThatThrownBy(rig::preserve).isSameAs(failure);
      assertThat(rig.allocationCount()).isZero();
    }
  }

  @Test
  void preserve_failsToAllocate() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory)) {
      LuoException failure = new LuoException("quota", Errno.ENOMEM, Recovery.ABORT_UPDATE);
      rig.memoryFailure = failure;

      assertThatThrownBy(rig::preserve).isSameAs(failure);
    }
  }

  @Test
  void preserve_noMemory() throws Exception {
    try (Pipe pipe = Pipe.create();
        Rig rig = new Rig(pipe.reading())) {
      assertThatThrownBy(rig::preserve)
          .asInstanceOf(type(LinuxException.class))
          .extracting(LinuxException::errno)
          .isEqualTo(Errno.EINVAL);
      assertThat(rig.carriedCount()).isZero();
      assertThat(rig.allocationCount()).isZero();
    }
  }

  @Test
  void preserve_leavesTheMemoryAsItIs() throws Exception {
    try (Fd memory = Memory.withContent("ram")) {
      FileIo.position(memory, 3);
      MemfdState before = MemfdState.of(memory);
      try (Rig rig = new Rig(memory).preserve().freeze()) {
        assertThat(MemfdState.of(memory)).isEqualTo(before);
        rig.unpreserve();
        assertThat(MemfdState.of(memory)).isEqualTo(before);
      }
    }
  }

  @Test
  void requireKnown_unknownSeals() {
    assertThatThrownBy(() -> MemfdState.requireKnown(new SealSet(0x43)))
        .asInstanceOf(type(HandlerException.class))
        .satisfies(refusal -> assertThat(refusal).hasMessageContaining("0x40"))
        .extracting(LuoException::errno)
        .isEqualTo(Errno.EOPNOTSUPP);
  }

  @ParameterizedTest
  @EnumSource(
      value = Crossing.class,
      names = {"EXEC", "SUCCESSOR", "STORE"})
  void preserve_noExecSealOverTheProcess(Crossing crossing) throws Exception {
    try (Fd memory = Memfd.create("data", MemfdFlag.NOEXEC_SEAL);
        Rig rig = new Rig(memory)) {
      rig.crossings = Set.of(crossing);
      rig.preserve().freeze();

      assertLive(rig);
    }
  }

  // Staging.

  @Test
  void stage_beforeTheFreeze() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      rig.stage();
      FileIo.truncate(memory, 9999);
      FileIo.position(memory, 77);
      Memfd.addSeals(memory, Seal.GROW);
      rig.freeze();

      assertLive(rig);
    }
  }

  @Test
  void stage_leavesTheMemoryAsItIs() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      FileIo.position(memory, 3);
      MemfdState before = MemfdState.of(memory);
      rig.stage();

      assertThat(MemfdState.of(memory)).isEqualTo(before);
    }
  }

  @Test
  void stage_corruptRecord() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      rig.record().set(ValueLayout.JAVA_BYTE, 40, (byte) 0xFF);

      assertThatThrownBy(rig::stage).isInstanceOf(CorruptRecordException.class);
    }
  }

  @Test
  void stage_otherMemory() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      rig.replaceCarried(Memory.withContent("ram"));

      assertThatThrownBy(rig::stage)
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageContaining("inode");
    }
  }

  @Test
  void stage_noMemoryAtAll() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      rig.replaceCarried(Open.file("/dev/null"));

      assertThatThrownBy(rig::stage).isInstanceOf(LinuxException.class);
    }
  }

  @Test
  void stage_otherAccessMode() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      rig.replaceCarried(Open.again(memory, OpenFlag.READ_ONLY));

      assertThatThrownBy(rig::stage)
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageContaining("READ_ONLY");
    }
  }

  @Test
  void stage_slotThatDidNotArrive() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      rig.dropCarried();

      assertThatThrownBy(rig::stage).isInstanceOf(CorruptRecordException.class);
    }
  }

  // Retrieve, when something is wrong.

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void retrieve_otherMemory(boolean staged) throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      if (staged) {
        rig.stage();
      }
      rig.replaceCarried(Memory.withContent("ram"));

      assertThatThrownBy(rig::retrieve)
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageContaining("inode");
    }
  }

  @Test
  void retrieve_slotThatDidNotArrive() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      rig.dropCarried();

      assertThatThrownBy(rig::retrieve).isInstanceOf(CorruptRecordException.class);
    }
  }

  @Test
  void retrieve_handleOfNothing() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      rig.handle = Handle.NONE;

      assertThatThrownBy(rig::retrieve).isInstanceOf(CorruptRecordException.class);
    }
  }

  @Test
  void retrieve_neverFrozen() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      assertThatThrownBy(rig::retrieve)
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageContaining("never frozen");
    }
  }

  @Test
  void retrieve_everyBitOfTheRecordFlipped() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      MemorySegment record = rig.record();
      for (long bit = 0; bit < record.byteSize() * 8; bit++) {
        byte right = record.get(ValueLayout.JAVA_BYTE, bit / 8);
        record.set(ValueLayout.JAVA_BYTE, bit / 8, (byte) (right ^ 1 << bit % 8));
        long flipped = bit;
        assertThatThrownBy(rig::retrieve)
            .as(() -> "bit %d of byte %d".formatted(flipped % 8, flipped / 8))
            .isInstanceOf(CorruptRecordException.class);
        record.set(ValueLayout.JAVA_BYTE, bit / 8, right);
      }
      assertLive(rig);
    }
  }

  @Test
  void retrieve_everyTruncationOfTheRecord() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      MemorySegment record = rig.record();
      for (long length = 0; length < record.byteSize(); length++) {
        rig.replaceRecord(record.asSlice(0, length));
        assertThatThrownBy(rig::retrieve)
            .as("%d bytes", length)
            .isInstanceOf(CorruptRecordException.class);
      }
      rig.replaceRecord(record);
      assertLive(rig);
    }
  }

  @Test
  void retrieve_againAfterAFailure() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      MemorySegment record = rig.record();
      byte right = record.get(ValueLayout.JAVA_BYTE, 0);
      record.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
      assertThatThrownBy(rig::retrieve).isInstanceOf(CorruptRecordException.class);
      record.set(ValueLayout.JAVA_BYTE, 0, right);

      assertLive(rig);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void retrieve_movedAfterTheFreeze(boolean staged) throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      if (staged) {
        rig.stage();
      }
      FileIo.position(memory, 4);

      assertDegraded(rig, "from 0 to 4");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void retrieve_resizedAfterTheFreeze(boolean staged) throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      if (staged) {
        rig.stage();
      }
      FileIo.truncate(memory, 4);

      assertDegraded(rig, "from 8 to 4 bytes");
    }
  }

  private static void assertDegraded(Rig rig, String note) throws Exception {
    Restored restored = rig.retrieve();
    try (Fd file = restored.file()) {
      assertThat(file.isOpen()).isTrue();
      assertThat(restored.fidelity()).isEqualTo(Fidelity.DEGRADED);
      assertThat(restored.note()).contains(note);
      assertThatThrownBy(() -> rig.verify(restored))
          .asInstanceOf(type(HandlerException.class))
          .extracting(LuoException::errno)
          .isEqualTo(Errno.EBUSY);
    }
  }

  // After a crash.

  @Test
  void retrieve_afterACrash_takesPositionAndSizeAsTheyAre() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      FileIo.truncate(memory, 4242);
      FileIo.position(memory, 42);
      rig.origin = Origin.CRASH;
      Restored restored = rig.retrieve();
      try (Fd file = restored.file()) {
        assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
        assertThat(FileIo.size(file)).isEqualTo(4242);
        assertThat(FileIo.position(file)).isEqualTo(42);
        rig.verify(restored);
      }
    }
  }

  @Test
  void retrieve_afterACrash_ignoresAnOlderFreeze() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      FileIo.position(memory, 42);
      rig.record().set(ValueLayout.JAVA_BYTE, FrozenPart.AT_STATE, (byte) 0x55);
      rig.origin = Origin.CRASH;

      assertLive(rig);
    }
  }

  @Test
  void verify_afterACrash_otherMemory() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Fd other = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      rig.origin = Origin.CRASH;

      assertThatThrownBy(() -> rig.verify(Restored.live(other)))
          .isInstanceOf(CorruptRecordException.class);
    }
  }

  @Test
  void retrieve_returned() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      rig.origin = Origin.RETURNED;

      assertLive(rig);
    }
  }

  // Verify and finish.

  @Test
  void verify_afterTheWorkloadUsedTheMemory() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      Restored restored = rig.retrieve();
      try (Fd file = restored.file()) {
        FileIo.truncate(file, 1 << 20);
        FileIo.position(file, 99);
        Memory.chmod(file, 0400);
        Memfd.addSeals(file, Seal.SHRINK);
        file.statusFlags(file.statusFlags().with(OpenFlag.NON_BLOCKING));

        rig.verify(restored);
      }
    }
  }

  @Test
  void verify_sealsMissing() throws Exception {
    SealSet recorded = SealSet.of(Seal.GROW, Seal.SHRINK);

    assertThatThrownBy(() -> Checks.sealed(recorded, SealSet.of(Seal.GROW, Seal.SEAL)))
        .asInstanceOf(type(HandlerException.class))
        .satisfies(refusal -> assertThat(refusal.recovery()).isEqualTo(Recovery.START_COLD))
        .extracting(LuoException::errno)
        .isEqualTo(Errno.EPERM);
    Checks.sealed(recorded, recorded.with(Seal.SEAL));
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 9})
  void verify_resizedAgainstTheSeals(long byteSize) throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve()) {
      Memfd.addSeals(memory, Seal.GROW, Seal.SHRINK);
      rig.freeze();
      FrozenPart other =
          new FrozenPart(
              SealSet.of(Seal.GROW, Seal.SHRINK), byteSize, 0, 0777, memory.statusFlags());
      other.encode(rig.record());

      assertThatThrownBy(() -> rig.verify(Restored.live(memory)))
          .asInstanceOf(type(HandlerException.class))
          .extracting(LuoException::errno)
          .isEqualTo(Errno.EIO);
    }
  }

  @Test
  void verify_otherPageSize() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      MemfdRecord record = MemfdRecord.decode(rig.record());
      new MemfdRecord(
              record.identity(),
              4L << 30,
              record.seals(),
              record.mode(),
              record.statusFlags(),
              record.byteSize(),
              record.slot(),
              record.name())
          .encode(rig.record());

      assertThatThrownBy(() -> rig.verify(Restored.live(memory)))
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageContaining("huge pages");
    }
  }

  @Test
  void finish_withoutRetrieve() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = new Rig(memory).preserve().freeze()) {
      assertThat(rig.canFinish()).isTrue();
      rig.finish();

      assertThat(Memory.read(memory, 0, Memory.CONTENT.length)).isEqualTo(Memory.CONTENT);
    }
  }

  @Test
  void handler_overThreeGenerations() throws Exception {
    Fd memory = Memory.withContent("ram");
    for (int generation = 1; generation <= 3; generation++) {
      FileIo.position(memory, generation);
      try (Rig rig = new Rig(memory).preserve().freeze()) {
        Restored restored = rig.retrieve();
        memory.close();
        memory = restored.file();
        assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
        rig.verify(restored);
        rig.finish();
      }
    }
    try (Fd last = memory) {
      assertThat(FileIo.position(last)).isEqualTo(3);
      assertThat(Memory.read(last, 0, Memory.CONTENT.length)).isEqualTo(Memory.CONTENT);
    }
  }

  private static FrozenPart frozenPart(Rig rig) throws LuoException {
    return FrozenPart.decode(rig.record(), MemfdRecord.decode(rig.record()));
  }

  private static void assertLive(Rig rig) throws Exception {
    Restored restored = rig.retrieve();
    try (Fd file = restored.file()) {
      assertThat(restored.note()).isEmpty();
      assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
      rig.verify(restored);
      assertThat(file.isOpen()).isTrue();
    }
  }
}
