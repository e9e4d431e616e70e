// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class UpdateListenerTest {

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final List<HandlerCall> handlerCalls = Collections.synchronizedList(new ArrayList<>());
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(new ArrayList<>());
  private LiveUpdate luo;
  private OutgoingSession session;

  private final UpdateListener writing =
      new UpdateListener() {
        @Override
        public void phaseBegan(String phase) {
          heard.add("began " + phase);
        }

        @Override
        public void phaseEnded(Phase phase) {
          heard.add("ended " + phase.name());
        }

        @Override
        public void called(HandlerCall call) {
          handlerCalls.add(call);
          heard.add(call.step().operation() + call.token().map(token -> " " + token).orElse(""));
        }

        @Override
        public void dropped(FileOutcome file) {
          heard.add("dropped " + file.token());
        }

        @Override
        public void refused(LuoException why) {
          heard.add("refused " + why.errno().name());
        }
      };

  /** Throws whatever it is told. */
  private static final UpdateListener THROWING =
      new UpdateListener() {
        @Override
        public void phaseBegan(String phase) {
          throw new AssertionError(phase);
        }

        @Override
        public void phaseEnded(Phase phase) {
          throw new IllegalStateException(phase.name());
        }

        @Override
        public void called(HandlerCall call) {
          throw new IllegalStateException(call.toString());
        }

        @Override
        public void dropped(FileOutcome file) {
          throw new IllegalStateException(file.toString());
        }

        @Override
        public void refused(LuoException why) {
          throw new IllegalStateException(why);
        }
      };

  @BeforeEach
  void open() throws Exception {
    luo = InProcessHandover.open(TwoStages.options(handler).listener(THROWING).listener(writing));
    session = luo.createSession("s");
    TwoStages.preserve(session, 1);
    try (Fd memfd = Memfds.containing(2)) {
      session.preserve(Token.of(2), memfd, Importance.OPTIONAL, Attachment.NONE);
    }
  }

  @AfterEach
  void close() {
    luo.close();
  }

  @Test
  void callsAreToldOutsideUpdatesToo() {
    assertThat(heard)
        .containsExactly("canPreserve 0x1", "preserve 0x1", "canPreserve 0x2", "preserve 0x2");
    assertThat(handlerCalls.get(1))
        .satisfies(call -> assertThat(call.session()).isEqualTo("s"))
        .satisfies(call -> assertThat(call.token()).contains(Token.of(1)))
        .satisfies(call -> assertThat(call.step()).isEqualTo(Step.PRESERVE))
        .satisfies(call -> assertThat(call.compatible().value()).isEqualTo("scripted-memfd-v1"))
        .satisfies(call -> assertThat(call.bytes()).isEqualTo(Long.BYTES))
        .satisfies(call -> assertThat(call.failure()).isEmpty());
  }

  @Test
  void anUpdateIsToldAsItGoesOn() throws Exception {
    heard.clear();
    handler.failing("freeze 0x2");

    try (InProcessHandover handover =
        TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>()))) {
      assertThat(heard)
          .containsExactly(
              "began pause",
              "ended pause",
              "began freeze",
              "freeze 0x1",
              "freeze 0x2",
              "dropped 0x2",
              "ended freeze",
              "began image",
              "ended image");
      TwoStages.discardAll(handover.successor());
      handover.successor().close();
    }
  }

  @Test
  void theSuccessorsPhasesAreToldWhenTheWorkloadRuns() throws Exception {
    BlockingQueue<Phase> told = new LinkedBlockingQueue<>();
    UpdateListener listener =
        new UpdateListener() {
          @Override
          public void phaseEnded(Phase phase) {
            told.add(phase);
          }
        };
    ScriptedHandler after = ScriptedHandler.forMemfds(new ArrayList<>());
    try (InProcessHandover handover =
            InProcessHandover.handOver(luo, TwoStages.options(after).listener(listener));
        LiveUpdate successor = handover.successor()) {
      assertThat(told).isEmpty();
      successor.resumed();

      Phase open = told.take();
      Phase restore = told.take();
      assertThat(open.name()).isEqualTo("open");
      assertThat(restore.name()).isEqualTo(UpdateReport.RESTORE);
      assertThat(restore.startNanos()).isEqualTo(open.endNanos());
      assertThat(successor.report().orElseThrow().phases()).contains(open, restore);
      TwoStages.discardAll(successor);
    }
  }

  @Test
  void aRefusalIsToldWhenEverythingIsTakenBack() {
    session.close();
    heard.clear();
    handler.failing("freeze 0x3");
    assertThatExceptionOfType(FreezeRefusedException.class)
        .isThrownBy(() -> {
          OutgoingSession other = luo.createSession("t");
          TwoStages.preserve(other, 4, 3);
          heard.clear();
          handlerCalls.clear();
          TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>())).close();
        });

    assertThat(heard)
        .containsExactly(
            "began pause",
            "ended pause",
            "began freeze",
            "freeze 0x4",
            "freeze 0x3",
            "ended freeze",
            "began thaw",
            "unfreeze 0x4",
            "ended thaw",
            "refused EXDEV");
    assertThat(handlerCalls.get(1).failure()).contains(Errno.EXDEV);
  }

  @Test
  void aRefusalThatIsUncheckedIsToldAndReportedToo() throws Exception {
    AssertionError bug = new AssertionError("told to");
    luo.join(
        new Participant() {
          @Override
          public String name() {
            return "library";
          }

          @Override
          public void preserve(ParticipantScope scope) {
            throw bug;
          }
        });
    heard.clear();

    assertThatThrownBy(() -> TwoStages.handOver(luo, ScriptedHandler.forMemfds(new ArrayList<>())))
        .isSameAs(bug);
    assertThat(heard).containsExactly("refused EBUSY");
    assertThat(luo.refusedUpdate().orElseThrow().refusal().orElseThrow().text())
        .contains("AssertionError: told to");
  }
}
