// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.core.AlreadyPreservedException;
import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.RetrievedFile;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Memfd;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The handler inside luo itself, found by the service loader. */
@NoDescriptorLeaks
class InProcessHandoverTest {
  private static final Options OPTIONS = Options.crossings(Crossing.EXEC);
  private static final Token TOKEN = Token.of(0x1001);
  private static final String SESSION = "vm-42";

  @Test
  void memory_isTheSameOpenFile() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        LiveUpdate before = InProcessHandover.open(OPTIONS)) {
      preserve(before, memory);
      FileIo.position(memory, 5);
      Memfd.addSeals(memory, Seal.GROW);
      try (InProcessHandover handover = InProcessHandover.handOver(before, OPTIONS);
          LiveUpdate after = handover.successor();
          IncomingSession came = after.retrieveSession(SESSION)) {
        RetrievedFile retrieved = came.retrieve(TOKEN);
        try (Fd file = retrieved.file()) {
          assertThat(retrieved.fidelity()).isEqualTo(Fidelity.LIVE);
          assertThat(file.sameFile(memory)).isTrue();
          assertThat(FileIo.position(file)).isEqualTo(5);
          assertThat(Memfd.seals(file)).isEqualTo(SealSet.of(Seal.GROW));
          assertThat(Memory.read(file, 0, Memory.CONTENT.length)).isEqualTo(Memory.CONTENT);
          came.verify();
          came.finish();
        }
      }
    }
  }

  @Test
  void memory_usedBeforeItsSessionIsFinished() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        LiveUpdate before = InProcessHandover.open(OPTIONS)) {
      preserve(before, memory);
      try (InProcessHandover handover = InProcessHandover.handOver(before, OPTIONS);
          LiveUpdate after = handover.successor();
          IncomingSession came = after.retrieveSession(SESSION);
          Fd file = came.retrieve(TOKEN).file()) {
        FileIo.truncate(file, 1 << 20);
        FileIo.position(file, 77);
        Memory.write(file, 100, (byte) 1);

        came.finish();
        assertThat(FileIo.size(file)).isEqualTo(1 << 20);
      }
    }
  }

  @Test
  void memory_overThreeGenerations() throws Exception {
    Fd memory = Memory.withContent("ram");
    LiveUpdate luo = InProcessHandover.open(OPTIONS);
    for (int generation = 1; generation <= 3; generation++) {
      preserve(luo, memory);
      FileIo.position(memory, generation);
      Memory.write(memory, generation, (byte) (100 + generation));
      Fd next;
      LiveUpdate successor;
      try (InProcessHandover handover = InProcessHandover.handOver(luo, OPTIONS)) {
        successor = handover.successor();
        try (IncomingSession came = successor.retrieveSession(SESSION)) {
          RetrievedFile retrieved = came.retrieve(TOKEN);
          assertThat(retrieved.fidelity()).isEqualTo(Fidelity.LIVE);
          next = retrieved.file();
          came.finish();
        }
      }
      memory.close();
      luo.close();
      memory = next;
      luo = successor;
    }
    try (Fd last = memory;
        LiveUpdate lastLuo = luo) {
      assertThat(lastLuo.incoming()).isPresent();
      assertThat(FileIo.position(last)).isEqualTo(3);
      assertThat(Memory.read(last, 0, 5)).containsExactly(1, 101, 102, 103, 8);
    }
  }

  @Test
  void memory_afterARefusedUpdate() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        LiveUpdate before = InProcessHandover.open(OPTIONS)) {
      preserve(before, memory);
      try (InProcessHandover refused = InProcessHandover.handOver(before, OPTIONS)) {
        try (LiveUpdate loser = refused.successor();
            IncomingSession came = loser.retrieveSession(SESSION)) {
          came.retrieve(TOKEN).file().close();
          came.discard();
        }
        refused.takeBack();
      }
      FileIo.truncate(memory, 6);
      FileIo.position(memory, 2);
      try (InProcessHandover handover = InProcessHandover.handOver(before, OPTIONS);
          LiveUpdate after = handover.successor();
          IncomingSession came = after.retrieveSession(SESSION)) {
        RetrievedFile retrieved = came.retrieve(TOKEN);
        try (Fd file = retrieved.file()) {
          assertThat(retrieved.fidelity()).isEqualTo(Fidelity.LIVE);
          assertThat(FileIo.position(file)).isEqualTo(2);
          came.finish();
        }
      }
    }
  }

  @Test
  void memory_movedWhileNobodyShouldRun() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        LiveUpdate before = InProcessHandover.open(OPTIONS)) {
      preserve(before, memory);
      try (InProcessHandover handover = InProcessHandover.handOver(before, OPTIONS);
          LiveUpdate after = handover.successor();
          IncomingSession came = after.retrieveSession(SESSION)) {
        FileIo.position(memory, 3);
        RetrievedFile retrieved = came.retrieve(TOKEN);
        try (Fd file = retrieved.file()) {
          assertThat(retrieved.fidelity()).isEqualTo(Fidelity.DEGRADED);
          assertThat(retrieved.note()).contains("from 0 to 3");
          assertThatThrownBy(came::verify)
              .isInstanceOfSatisfying(
                  LuoException.class,
                  failure -> assertThat(failure.errno()).isEqualTo(Errno.EBUSY));
          assertThat(file.isOpen()).isTrue();
        }
        assertThatThrownBy(came::finish).isInstanceOf(LuoException.class);
        came.discard();
      }
    }
  }

  @Test
  void memory_secondDescription() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        Fd again = Open.again(memory, OpenFlag.READ_ONLY);
        LiveUpdate luo = InProcessHandover.open(OPTIONS);
        OutgoingSession session = luo.createSession(SESSION)) {
      session.preserve(TOKEN, memory);

      assertThatThrownBy(() -> session.preserve(Token.of(2), again))
          .isInstanceOf(AlreadyPreservedException.class);
    }
  }

  @Test
  void memory_unpreserved() throws Exception {
    try (Fd memory = Memory.withContent("ram");
        LiveUpdate luo = InProcessHandover.open(OPTIONS);
        OutgoingSession session = luo.createSession(SESSION)) {
      MemfdState before = MemfdState.of(memory);
      session.preserve(TOKEN, memory);
      session.unpreserve(TOKEN);
      assertThat(MemfdState.of(memory)).isEqualTo(before);

      session.preserve(TOKEN, memory);
      assertThat(session.tokens()).containsExactly(TOKEN);
    }
  }

  /** The session ends with its luo. */
  private static void preserve(LiveUpdate luo, Fd memory) throws LuoException, IOException {
    luo.createSession(SESSION).preserve(TOKEN, memory);
  }
}
