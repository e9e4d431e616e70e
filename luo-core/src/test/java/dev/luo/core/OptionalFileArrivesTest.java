// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.spi.NoSuchTokenException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that arrived can do without its optional files. */
@NoDescriptorLeaks
class OptionalFileArrivesTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private LiveUpdate successor;
  private IncomingSession session;

  /** Tokens 1 and 2 are memfds, the second optional; 3 is optional and nobody knows its handler. */
  @BeforeEach
  void handOver() throws Exception {
    List<String> before = new ArrayList<>();
    LiveUpdate predecessor =
        TwoStages.open(
            ScriptedHandler.forMemfds(before),
            new ScriptedHandler("scripted-eventfd-v1", FdKind.EVENTFD, before));
    OutgoingSession outgoing = predecessor.createSession("s");
    TwoStages.preserve(outgoing, 1);
    try (Fd memfd = Memfds.containing(2);
        Fd event = EventFd.create(0)) {
      outgoing.preserve(Token.of(2), memfd, Importance.OPTIONAL, Attachment.NONE);
      outgoing.preserve(Token.of(3), event, Importance.OPTIONAL, Attachment.NONE);
    }
    try (InProcessHandover handover = TwoStages.handOver(predecessor, handler)) {
      successor = handover.successor();
    }
    session = successor.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    session.close();
    for (String name : successor.incoming().orElseThrow().sessions()) {
      try (IncomingSession unfinished = successor.retrieveSession(name)) {
        unfinished.discard();
      }
    }
    successor.close();
  }

  private void retrieveWhatIsPossible() throws Exception {
    handler.failing("retrieve 0x2");
    session.retrieve(Token.of(1)).file().close();
    assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(2)));
    assertThatExceptionOfType(NoHandlerException.class)
        .isThrownBy(() -> session.retrieve(Token.of(3)));
    take(calls);
  }

  private List<FileOutcome> dropped() {
    return successor.report().orElseThrow().files().stream()
        .filter(file -> file.fate() == Fate.DROPPED)
        .toList();
  }

  @Test
  void importance_arrivesWithTheFile() throws Exception {
    assertThat(session.importance(Token.of(1))).isEqualTo(Importance.MANDATORY);
    assertThat(session.importance(Token.of(2))).isEqualTo(Importance.OPTIONAL);
    assertThat(session.importance(Token.of(3))).isEqualTo(Importance.OPTIONAL);
    assertThatExceptionOfType(NoSuchTokenException.class)
        .isThrownBy(() -> session.importance(Token.of(4)));
  }

  @Test
  void des08_finish_doesWithoutThoseThatCannotBeRetrieved() throws Exception {
    retrieveWhatIsPossible();

    session.finish();

    assertThat(take(calls))
        .containsExactly(
            "verify 0x1",
            "canFinish 0x1",
            "canFinish 0x2",
            "finish 0x2 failed",
            "finish 0x1 retrieved");
    assertThat(dropped()).extracting(FileOutcome::token).containsExactly(Token.of(2), Token.of(3));
    assertThat(dropped().getFirst().note()).contains("told to");
  }

  @Test
  void ses27_close_doesWithoutThem() throws Exception {
    retrieveWhatIsPossible();

    session.close();

    assertThat(calls).endsWith("finish 0x1 retrieved");
    assertThatExceptionOfType(NoSuchSessionException.class)
        .isThrownBy(() -> successor.retrieveSession("s"));
  }

  @Test
  void ses35_optionalFileThatNobodyTried_keepsTheSession() throws Exception {
    session.retrieve(Token.of(1)).file().close();

    assertThatExceptionOfType(NotFinishableException.class)
        .isThrownBy(session::finish)
        .withMessageContaining("0x2");
    session.close();

    session = successor.retrieveSession("s");
    assertThat(TwoStages.number(session, 2)).isEqualTo(2);
  }

  @Test
  void ses39_update_doesWithoutThem() throws Exception {
    retrieveWhatIsPossible();
    session.finish();

    try (InProcessHandover handover = TwoStages.handOver(successor, handler)) {
      handover.successor().close();
      handover.takeBack();
    }
  }

  @Test
  void ser18_renew_leavesThemOutAndKeepsTheImportance() throws Exception {
    session.retrieve(Token.of(1)).file().close();
    session.retrieve(Token.of(2)).file().close();

    assertThat(session.renew().tokens()).containsExactly(Token.of(1), Token.of(2));

    assertThat(dropped()).extracting(FileOutcome::token).containsExactly(Token.of(3));
    try (InProcessHandover handover = TwoStages.handOver(successor, handler);
        LiveUpdate third = handover.successor()) {
      try (IncomingSession came = third.retrieveSession("s")) {
        assertThat(came.importance(Token.of(1))).isEqualTo(Importance.MANDATORY);
        assertThat(came.importance(Token.of(2))).isEqualTo(Importance.OPTIONAL);
        came.discard();
      }
      handover.takeBack();
    }
  }
}
