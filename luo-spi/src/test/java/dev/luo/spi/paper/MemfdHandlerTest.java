// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.FileStatus;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Restored;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks {@link MemfdHandler} through every crossing, with real memfds. */
@NoDescriptorLeaks
class MemfdHandlerTest {

  private static final Token TOKEN = Token.of(7);

  @Test
  void retrieve_overProcess_givesTheSameFile() throws Exception {
    try (Fd memfd = memfd("ram", "before");
        Predecessor predecessor = new Predecessor(Crossing.EXEC)) {
      var file = predecessor.preserve(new MemfdHandler(), TOKEN, memfd);
      file.freeze(Crossing.EXEC);
      try (Successor successor = successor(predecessor.handOver(Crossing.EXEC, Origin.HANDOVER))) {
        Restored restored = successor.retrieve(TOKEN);

        assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
        assertThat(restored.file().sameFile(memfd)).isTrue();
        successor.resume(TOKEN);
        successor.verify(TOKEN);
        assertThat(successor.canFinish(TOKEN)).isTrue();
        successor.finish(TOKEN);
      }
    }
  }

  @Test
  void retrieve_overKernel_restoresWhatTheKernelDropsAndNamesTheRest() throws Exception {
    try (Fd memfd = memfd("ram", "bytes");
        Predecessor predecessor = new Predecessor(Crossing.KERNEL)) {
      Memfd.addSeals(memfd, Seal.GROW, Seal.SHRINK);
      memfd.statusFlags(memfd.statusFlags().with(OpenFlag.APPEND));
      mode(memfd, 0600);
      var file = predecessor.preserve(new MemfdHandler(), TOKEN, memfd);
      FileIo.position(memfd, 3);
      file.freeze(Crossing.KERNEL);
      try (Successor successor =
          successor(predecessor.handOver(Crossing.KERNEL, Origin.HANDOVER))) {
        Restored restored = successor.retrieve(TOKEN);

        assertThat(restored.fidelity()).isEqualTo(Fidelity.DEGRADED);
        assertThat(restored.note()).isEqualTo("name \"ram\" is lost");
        assertThat(content(restored.file())).isEqualTo("bytes");
        assertThat(FileIo.position(restored.file())).isEqualTo(3);
        assertThat(Memfd.seals(restored.file())).isEqualTo(SealSet.of(Seal.GROW, Seal.SHRINK));
        assertThat(restored.file().statusFlags().isSet(OpenFlag.APPEND)).isTrue();
        assertThat(FileStatus.of(restored.file()).permissions()).isEqualTo(0600);
      }
    }
  }

  @Test
  void retrieve_overKernelWithNothingLost_isRebuilt() throws Exception {
    try (Fd memfd = memfd("", "bytes");
        Predecessor predecessor = new Predecessor(Crossing.SUCCESSOR, Crossing.KERNEL)) {
      predecessor.preserve(new MemfdHandler(), TOKEN, memfd).freeze(Crossing.KERNEL);
      try (Successor successor =
          successor(predecessor.handOver(Crossing.KERNEL, Origin.HANDOVER))) {
        assertThat(successor.retrieve(TOKEN).fidelity()).isEqualTo(Fidelity.REBUILT);
      }
    }
  }

  @Test
  void retrieve_whereTheKernelRefusesTheMemfd_usesTheCopyOfTheFreeze() throws Exception {
    try (Fd memfd = memfd("huge", "before");
        Predecessor predecessor = neverOverKernel()) {
      var file = predecessor.preserve(new MemfdHandler(), TOKEN, memfd);
      write(memfd, "frozen");
      file.freeze(Crossing.KERNEL);
      write(memfd, "tooold");
      try (Successor successor =
          successor(predecessor.handOver(Crossing.KERNEL, Origin.HANDOVER))) {
        Restored restored = successor.retrieve(TOKEN);

        assertThat(restored.fidelity()).isEqualTo(Fidelity.REBUILT);
        assertThat(content(restored.file())).isEqualTo("frozen");
        assertThat(Memfd.name(restored.file())).isEqualTo("huge");
      }
    }
  }

  @Test
  void retrieve_whereOnlyTheKernelRefuses_isStillLiveOverProcess() throws Exception {
    try (Fd memfd = memfd("huge", "bytes");
        Predecessor predecessor = neverOverKernel()) {
      predecessor.preserve(new MemfdHandler(), TOKEN, memfd).freeze(Crossing.SUCCESSOR);
      try (Successor successor =
          successor(predecessor.handOver(Crossing.SUCCESSOR, Origin.HANDOVER))) {
        assertThat(successor.retrieve(TOKEN).fidelity()).isEqualTo(Fidelity.LIVE);
      }
    }
  }

  @Test
  void retrieve_ofACopyAfterACrash_isAsOldAsPreserve() throws Exception {
    try (Fd memfd = memfd("huge", "before");
        Predecessor predecessor = neverOverKernel()) {
      var file = predecessor.preserve(new MemfdHandler(), TOKEN, memfd);
      file.freeze(Crossing.KERNEL);
      file.unfreeze(ThawCause.REFUSED);
      try (Successor successor = successor(predecessor.handOver(Crossing.KERNEL, Origin.CRASH))) {
        Restored restored = successor.retrieve(TOKEN);

        assertThat(restored.fidelity()).isEqualTo(Fidelity.DEGRADED);
        assertThat(restored.note()).contains("those of preserve");
        assertThat(content(restored.file())).isEqualTo("before");
      }
    }
  }

  @Test
  void retrieve_afterACrash_needsNoRecordWhereTheFileItselfIsThere() throws Exception {
    try (Fd memfd = memfd("ram", "before");
        Predecessor predecessor = new Predecessor(Crossing.STORE)) {
      predecessor.preserve(new MemfdHandler(), TOKEN, memfd);
      write(memfd, "after all");
      try (Successor successor = successor(predecessor.handOver(Crossing.STORE, Origin.CRASH))) {
        Restored restored = successor.retrieve(TOKEN);

        assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
        assertThat(content(restored.file())).isEqualTo("after all");
      }
    }
  }

  @Test
  void freeze_ofACopiedMemfdThatGrew_isRefusedAndCanBeRepeated() throws Exception {
    try (Fd memfd = memfd("huge", "before");
        Predecessor predecessor = neverOverKernel()) {
      var file = predecessor.preserve(new MemfdHandler(), TOKEN, memfd);
      var handle = file.handle();
      var allocations = file.paper().handles();
      FileIo.truncate(memfd, 100);

      assertThatThrownBy(() -> file.freeze(Crossing.KERNEL))
          .isInstanceOfSatisfying(
              HandlerException.class,
              refused -> assertThat(refused.errno()).isEqualTo(Errno.EBUSY));
      assertThat(file.handle()).isEqualTo(handle);
      assertThat(file.paper().handles()).isEqualTo(allocations);

      FileIo.truncate(memfd, "before".length());
      file.freeze(Crossing.KERNEL);
      assertThat(file.handle()).isEqualTo(handle);
    }
  }

  @Test
  void preserve_ofWhatCanNeitherCrossNorBeCopied_isRefused() throws Exception {
    try (Fd memfd = Memfd.create("vast");
        Predecessor predecessor = neverOverKernel()) {
      FileIo.truncate(memfd, MemfdHandler.MOST_COPIED + 1L);

      assertThatThrownBy(() -> predecessor.preserve(new MemfdHandler(), TOKEN, memfd))
          .isInstanceOfSatisfying(
              HandlerException.class,
              refused -> assertThat(refused.errno()).isEqualTo(Errno.EFBIG));
    }
  }

  @Test
  void retrieve_ofAnotherMemfd_isRefused() throws Exception {
    try (Fd memfd = memfd("ram", "bytes");
        Predecessor predecessor = new Predecessor(Crossing.EXEC)) {
      predecessor.preserve(new MemfdHandler(), TOKEN, memfd).freeze(Crossing.EXEC);
      Handover handover = predecessor.handOver(Crossing.EXEC, Origin.HANDOVER);
      FileIo.truncate(memfd, 1);
      try (Successor successor = successor(handover)) {
        assertThatThrownBy(() -> successor.retrieve(TOKEN))
            .isInstanceOf(LuoException.class)
            .hasMessageContaining("1 bytes, record 5");
        assertThat(successor.canFinish(TOKEN)).isTrue();
        successor.finish(TOKEN);
      }
    }
  }

  @Test
  void retrieve_ofADamagedRecord_isRefusedAndNeverABug() throws Exception {
    for (Crossing crossing : Set.of(Crossing.SUCCESSOR, Crossing.KERNEL)) {
      try (Fd memfd = memfd("huge", "bytes");
          Predecessor predecessor = neverOverKernel()) {
        var file = predecessor.preserve(new MemfdHandler(), TOKEN, memfd);
        file.freeze(crossing);
        try (Handover handover = predecessor.handOver(crossing, Origin.HANDOVER)) {
          byte[] record = handover.record(TOKEN);
          Damage.everyHeaderByte(record, () -> retrieveAnew(handover));
          Damage.everyOtherByte(record, () -> retrieveAnew(handover));
        }
      }
    }
  }

  private static void retrieveAnew(Handover handover) throws LuoException {
    Successor successor = successor(handover);
    try {
      successor.retrieve(TOKEN);
    } finally {
      successor.closeRetrieved();
    }
  }

  private static Predecessor neverOverKernel() {
    return new Predecessor(
        (crossing, fd) -> crossing != Crossing.KERNEL, Crossing.SUCCESSOR, Crossing.KERNEL);
  }

  private static Successor successor(Handover handover) {
    return new Successor(handover, new MemfdHandler());
  }

  private static Fd memfd(String name, String content) throws IOException {
    Fd memfd = Memfd.create(name, MemfdFlag.ALLOW_SEALING);
    write(memfd, content);
    return memfd;
  }

  private static void write(Fd memfd, String content) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
      FileIo.pwriteFully(memfd, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), 0);
    }
  }

  private static String content(Fd memfd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(FileIo.size(memfd));
      FileIo.preadFully(memfd, bytes, 0);
      return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
    }
  }

  private static void mode(Fd memfd, int mode) throws IOException {
    Files.setAttribute(
        Path.of("/proc/self/fd", Integer.toString(memfd.number())), "unix:mode", mode);
  }
}
