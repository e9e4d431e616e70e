// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.spi.Boundary;
import dev.luo.spi.CannotCarryException;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Restored;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory over the kernel boundary, with a stand-in that forgets what Linux 7.2 forgets. */
@NoDescriptorLeaks
class KernelRepairTest {

  @Test
  void retrieve_nothingForgotten() throws Exception {
    try (Fd memory = namelessMemory();
        Rig rig = kernelRig(memory).preserve()) {
      FileIo.position(memory, 6);
      Restored restored = cross(rig, memory, SealSet.NONE);
      try (Fd file = restored.file()) {
        assertThat(restored.fidelity()).isEqualTo(Fidelity.REBUILT);
        assertThat(restored.note()).contains("holes");
        assertThat(FileIo.position(file)).isEqualTo(6);
        assertThat(Memory.read(file, 0, Memory.CONTENT.length)).isEqualTo(Memory.CONTENT);
        rig.verify(restored);
      }
    }
  }

  /** Memory as it is after it went through a kernel once: there is no name left to lose. */
  private static Fd namelessMemory() throws IOException {
    Fd file = Memory.temporaryFile();
    Memory.chmod(file, 0777);
    Memory.write(file, 0, Memory.CONTENT);
    return file;
  }

  @Test
  void retrieve_nameIsLost() throws Exception {
    try (Fd memory = Memory.withContent("ra\nm");
        Rig rig = kernelRig(memory).preserve()) {
      Restored restored = cross(rig, memory, SealSet.NONE);
      try (Fd file = restored.file()) {
        assertThat(restored.fidelity()).isEqualTo(Fidelity.DEGRADED);
        assertThat(restored.note()).isEqualTo("the name \"ra?m\" is lost");
        assertThat(file.isOpen()).isTrue();
        rig.verify(restored);
      }
    }
  }

  @Test
  void retrieve_positionOfFreeze() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = kernelRig(memory).preserve()) {
      FileIo.position(memory, 3);
      rig.freeze();
      Fd arrived = Memory.throughKernel(memory, SealSet.NONE);
      FileIo.position(arrived, 0);
      rig.replaceCarried(arrived);
      try (Fd file = rig.retrieve().file()) {
        assertThat(FileIo.position(file)).isEqualTo(3);
      }
    }
  }

  @Test
  void retrieve_mode() throws Exception {
    try (Fd memory = Memory.withContent("ram")) {
      Memory.chmod(memory, 0640);
      try (Rig rig = kernelRig(memory).preserve()) {
        Restored restored = cross(rig, memory, SealSet.NONE);
        try (Fd file = restored.file()) {
          assertThat(MemfdState.of(file).mode()).isEqualTo(0640);
          assertThat(restored.note()).doesNotContain("mode");
          rig.verify(restored);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OpenFlag.class,
      names = {"READ_ONLY", "WRITE_ONLY"})
  void retrieve_accessMode(OpenFlag mode) throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Fd preserved = Open.again(memory, mode);
        Rig rig = kernelRig(preserved).preserve()) {
      FileIo.position(preserved, 4);
      rig.freeze();
      Fd arrived = Memory.throughKernel(memory, SealSet.NONE);
      rig.replaceCarried(arrived);
      Restored restored = rig.retrieve();
      try (Fd file = restored.file()) {
        assertThat(file.statusFlags().isSet(mode)).isTrue();
        assertThat(file.identity()).isEqualTo(arrived.identity());
        assertThat(FileIo.position(file)).isEqualTo(4);
        rig.verify(restored);
      }
    }
  }

  @Test
  void retrieve_readOnlyWithAModeThatForbidsReading() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Fd preserved = Open.again(memory, OpenFlag.READ_ONLY)) {
      Memory.chmod(memory, 0);
      try (Rig rig = kernelRig(preserved).preserve().freeze()) {
        rig.replaceCarried(Memory.throughKernel(memory, SealSet.NONE));
        try (Fd file = rig.retrieve().file()) {
          assertThat(file.statusFlags().isSet(OpenFlag.READ_ONLY)).isTrue();
          assertThat(MemfdState.of(file).mode()).isZero();
        }
      }
    }
  }

  @Test
  void retrieve_statusFlags() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = kernelRig(memory).preserve()) {
      memory.statusFlags(memory.statusFlags().with(OpenFlag.APPEND).with(OpenFlag.NON_BLOCKING));
      Restored restored = cross(rig, memory, SealSet.NONE);
      try (Fd file = restored.file()) {
        assertThat(file.statusFlags()).isEqualTo(memory.statusFlags());
        rig.verify(restored);
      }
    }
  }

  @Test
  void retrieve_sealedInEveryCombinationThatIsTaken() throws Exception {
    for (int bits = 0; bits < 0x40; bits++) {
      try (Fd memory = Memory.withContent("")) {
        Memfd.addSeals(memory, new SealSet(bits));
        SealSet seals = Memfd.seals(memory);
        try (Rig rig = kernelRig(memory).preserve()) {
          Restored restored = cross(rig, memory, seals);
          try (Fd file = restored.file()) {
            assertThat(Memfd.seals(file)).isEqualTo(seals);
            assertThat(restored.note()).as(seals::toString).doesNotContain("sealed");
            rig.verify(restored);
          }
        }
      }
    }
  }

  @Test
  void retrieve_sealsAddedAfterPreserve() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = kernelRig(memory).preserve()) {
      Memfd.addSeals(memory, Seal.GROW, Seal.SHRINK, Seal.FUTURE_WRITE, Seal.SEAL);
      Restored restored = cross(rig, memory, SealSet.NONE);
      try (Fd file = restored.file()) {
        assertThat(Memfd.seals(file)).isEqualTo(Memfd.seals(memory));
        assertThat(restored.note()).doesNotContain("sealed");
        rig.verify(restored);
      }
    }
  }

  @Test
  void retrieve_executeBitsSealedAfterPreserve() throws Exception {
    try (Fd memory = Memory.withContent("ram")) {
      Memory.chmod(memory, 0600);
      try (Rig rig = kernelRig(memory).preserve()) {
        Memfd.addSeals(memory, Seal.EXEC);
        Restored restored = cross(rig, memory, SealSet.NONE);
        try (Fd file = restored.file()) {
          assertThat(Memfd.seals(file)).isEqualTo(SealSet.of(Seal.EXEC));
          assertThat(MemfdState.of(file).mode()).isEqualTo(0600);
          Memory.write(file, 0, (byte) 9);
          rig.verify(restored);
        }
      }
    }
  }

  @Test
  void retrieve_executeBitsSealedAndExecutable_isNotMadeUnwritable() throws Exception {
    try (Fd memory = Memory.withContent("ram")) {
      Memory.chmod(memory, 0600);
      try (Rig rig = kernelRig(memory).preserve()) {
        Memfd.addSeals(memory, Seal.EXEC);
        rig.freeze();
        FrozenPart part = FrozenPart.decode(rig.record(), MemfdRecord.decode(rig.record()));
        new FrozenPart(part.seals(), part.byteSize(), part.position(), 0711, part.statusFlags())
            .encode(rig.record());
        rig.replaceCarried(Memory.throughKernel(memory, SealSet.NONE));
        Restored restored = rig.retrieve();
        try (Fd file = restored.file()) {
          assertThat(restored.note()).contains("it is sealed with none, not EXEC");
          Memory.write(file, 0, (byte) 9);
          rig.verify(restored);
        }
      }
    }
  }

  @Test
  void retrieve_modeThatASealForbids() throws Exception {
    try (Fd memory = Memory.withContent("ram")) {
      Memory.chmod(memory, 0600);
      Memfd.addSeals(memory, Seal.EXEC, Seal.WRITE);
      try (Rig rig = kernelRig(memory).preserve()) {
        Restored restored = cross(rig, memory, SealSet.of(Seal.EXEC, Seal.WRITE));
        try (Fd file = restored.file()) {
          assertThat(restored.fidelity()).isEqualTo(Fidelity.DEGRADED);
          assertThat(restored.note())
              .contains("its mode is 0777, not 0600")
              .contains("it is sealed with SHRINK|GROW|WRITE|FUTURE_WRITE|EXEC, not WRITE|EXEC");
          assertThat(file.isOpen()).isTrue();
          rig.verify(restored);
        }
      }
    }
  }

  @Test
  void retrieve_sealsForgottenAndSealedAgainstSealing() throws Exception {
    try (Fd memory = Memory.withContent("ram")) {
      Memfd.addSeals(memory, Seal.GROW);
      try (Rig rig = kernelRig(memory).preserve().freeze()) {
        rig.replaceCarried(Memory.throughKernelThatForgetsSeals(memory));
        Restored restored = rig.retrieve();
        try (Fd file = restored.file()) {
          assertThat(restored.note()).contains("it is sealed with SEAL, not GROW");
          assertThat(file.isOpen()).isTrue();
          rig.verify(restored);
        }
      }
    }
  }

  @Test
  void retrieve_twice() throws Exception {
    try (Fd memory = Memory.withContent("ram")) {
      Memory.chmod(memory, 0600);
      try (Rig rig = kernelRig(memory).preserve()) {
        Memfd.addSeals(memory, Seal.EXEC, Seal.GROW, Seal.SEAL);
        Restored first = cross(rig, memory, SealSet.NONE);
        Restored second = rig.retrieve();
        try (Fd one = first.file();
            Fd other = second.file()) {
          assertThat(second.fidelity()).isEqualTo(first.fidelity());
          assertThat(second.note()).isEqualTo(first.note());
          assertThat(MemfdState.of(other)).isEqualTo(MemfdState.of(one));
        }
      }
    }
  }

  @Test
  void retrieve_sizeChanged() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = kernelRig(memory).preserve().freeze()) {
      Fd arrived = Memory.throughKernel(memory, SealSet.NONE);
      FileIo.truncate(arrived, 4);
      rig.replaceCarried(arrived);

      assertThatThrownBy(rig::retrieve)
          .asInstanceOf(type(HandlerException.class))
          .satisfies(failure -> assertThat(failure).hasMessageContaining("4 of 8 bytes"))
          .extracting(LuoException::errno)
          .isEqualTo(Errno.EIO);
    }
  }

  @Test
  void retrieve_noMemory_closesWhatItOpened() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Fd preserved = Open.again(memory, OpenFlag.READ_ONLY);
        Rig rig = kernelRig(preserved)) {
      FileIo.truncate(memory, 0);
      rig.preserve().freeze();
      rig.replaceCarried(Open.file("/dev/null", OpenFlag.READ_WRITE));

      assertThatThrownBy(rig::retrieve)
          .asInstanceOf(type(LinuxException.class))
          .extracting(LinuxException::errno)
          .isEqualTo(Errno.EINVAL);
    }
  }

  @Test
  void retrieve_ofACrash() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Rig rig = kernelRig(memory).preserve().freeze()) {
      rig.origin = Origin.CRASH;

      assertThatThrownBy(rig::retrieve)
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageContaining("crash");
    }
  }

  @Test
  void verify_sealsTakenForGranted() throws Exception {
    try (Fd memory = Memory.withContent("");
        Rig rig = kernelRig(memory).preserve()) {
      Memfd.addSeals(memory, Seal.GROW);
      rig.freeze();
      try (Fd unsealed = Memory.throughKernel(memory, SealSet.NONE)) {
        assertThatThrownBy(() -> rig.verify(Restored.rebuilt(unsealed, "")))
            .asInstanceOf(type(HandlerException.class))
            .extracting(LuoException::errno)
            .isEqualTo(Errno.EPERM);
      }
    }
  }

  // Refusals.

  @Test
  void preserve_noExecSeal() throws Exception {
    try (Fd memory = Memfd.create("data", MemfdFlag.NOEXEC_SEAL);
        Rig rig = kernelRig(memory)) {
      assertRefused(rig, Errno.EOPNOTSUPP, "MFD_NOEXEC_SEAL");
    }
  }

  @Test
  void preserve_hugePages() throws Exception {
    try (Fd memory = Memfd.create("huge", MemfdFlag.HUGETLB);
        Rig rig = kernelRig(memory)) {
      assertRefused(rig, Errno.ENOENT, "huge pages");
    }
  }

  private static void assertRefused(Rig rig, Errno errno, String why) {
    assertThatThrownBy(rig::preserve)
        .asInstanceOf(type(CannotCarryException.class))
        .satisfies(refusal -> {
          assertThat(refusal.errno()).isEqualTo(errno);
          assertThat(refusal.crossing()).isEqualTo(Crossing.KERNEL);
          assertThat(refusal).hasMessageContaining(why);
        });
    assertThat(rig.carriedCount()).isZero();
    assertThat(rig.allocationCount()).isZero();
  }

  private static Rig kernelRig(Fd memory) {
    Rig rig = new Rig(memory);
    rig.crossings = Set.of(Crossing.KERNEL);
    rig.boundary = Boundary.KERNEL;
    return rig;
  }

  private static Restored cross(Rig rig, Fd memory, SealSet sealsAtPreserve) throws Exception {
    rig.freeze();
    rig.replaceCarried(Memory.throughKernel(memory, sealsAtPreserve));
    return rig.retrieve();
  }
}
