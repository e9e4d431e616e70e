// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Deadline;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Libraries that take part in the updates of the program they are in. */
@NoDescriptorLeaks
class ParticipantTest {

  private final List<String> calls = new ArrayList<>();

  /** Preserves one memfd and writes down what it is asked to do. */
  private final class Library implements Participant {
    private final String name;
    private String failing = "";
    private long came;

    Library(String name) {
      this.name = name;
    }

    Library failing(String call) {
      failing = call;
      return this;
    }

    private void call(String call) throws HandlerException {
      calls.add(call + " " + name);
      if (failing.equals(call)) {
        throw new HandlerException("told to", Errno.EXDEV);
      }
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void retrieve(ParticipantScope scope) throws LuoException {
      call("retrieve");
      for (String session : scope.incoming()) {
        try (IncomingSession in = scope.retrieveSession(session)) {
          came += TwoStages.number(in, 1);
          in.finish();
        } catch (LinuxException e) {
          throw new AssertionError(e);
        }
      }
    }

    @Override
    public void preserve(ParticipantScope scope) throws LuoException {
      call("preserve");
      try {
        TwoStages.preserve(scope.createSession(name + "/data"), 1);
      } catch (SessionExistsException preservedBefore) {
        calls.add("again " + name);
      } catch (LinuxException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void pause(Deadline deadline) throws LuoException {
      call("pause");
    }

    @Override
    public void resume() {
      try {
        call("resume");
      } catch (HandlerException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private LiveUpdate open() throws LuoException {
    return InProcessHandover.open(options());
  }

  private Options options() {
    return TwoStages.options(ScriptedHandler.forMemfds(new ArrayList<>()))
        .quiescer(new RecordingQuiescer(calls));
  }

  @Test
  void handOver_programFirstThenInTheOrderOfJoining() throws Exception {
    LiveUpdate before = open();
    before.join(new Library("a"));
    before.join(new Library("b"));
    try (InProcessHandover handover = InProcessHandover.handOver(before, options());
        LiveUpdate after = handover.successor()) {
      assertThat(ScriptedHandler.take(calls))
          .containsExactly("preserve a", "preserve b", "pause", "pause a", "pause b");

      Library a = new Library("a");
      Library b = new Library("b");
      after.join(b);
      after.join(a);
      assertThat(ScriptedHandler.take(calls)).containsExactly("retrieve b", "retrieve a");
      assertThat(a.came + b.came).isEqualTo(2);
      assertThat(after.incoming().orElseThrow().sessions()).isEmpty();
    }
  }

  @Test
  void takeBack_resumesInReverse() throws Exception {
    LiveUpdate before = open();
    before.join(new Library("a"));
    before.join(new Library("b"));
    try (InProcessHandover handover = InProcessHandover.handOver(before, options())) {
      handover.successor().close();
      calls.clear();
      handover.takeBack();
      assertThat(ScriptedHandler.take(calls)).containsExactly("resume b", "resume a", "resume");
    }
    try (InProcessHandover again = InProcessHandover.handOver(before, options())) {
      assertThat(calls).contains("again a", "again b");
      again.successor().close();
      again.takeBack();
    }
    before.close();
  }

  @Test
  void preserve_thatFailsRefusesTheUpdate() throws Exception {
    try (LiveUpdate luo = open()) {
      luo.join(new Library("a"));
      luo.join(new Library("b").failing("preserve"));
      luo.join(new Library("c"));

      ParticipantFailedException refused =
          catchThrowableOfType(
              ParticipantFailedException.class, () -> InProcessHandover.handOver(luo, options()));
      assertThat(refused.participant()).isEqualTo("b");
      assertThat(refused.step()).isEqualTo(ParticipantFailedException.Step.PRESERVE);
      assertThat(refused.errno()).isEqualTo(Errno.EXDEV);
      assertThat(calls).containsExactly("preserve a", "preserve b");
      assertThat(luo.refusedUpdate().orElseThrow().refusal().orElseThrow().text())
          .contains("participant \"b\" failed to preserve");
    }
  }

  @Test
  void pause_thatFailsResumesWhoWasAsked() throws Exception {
    try (LiveUpdate luo = open()) {
      luo.join(new Library("a"));
      luo.join(new Library("b").failing("pause"));
      luo.join(new Library("c"));

      FreezeRefusedException refused =
          catchThrowableOfType(
              FreezeRefusedException.class, () -> InProcessHandover.handOver(luo, options()));
      assertThat(refused.getCause())
          .isInstanceOfSatisfying(
              ParticipantFailedException.class,
              cause -> assertThat(cause.participant()).isEqualTo("b"));
      assertThat(calls.subList(3, calls.size()))
          .containsExactly("pause", "pause a", "pause b", "resume b", "resume a", "resume");
    }
  }

  @Test
  void resume_thatThrowsKeepsNobodyFromGoingOn() throws Exception {
    try (LiveUpdate luo = open()) {
      luo.join(new Library("a"));
      luo.join(new Library("b").failing("resume"));
      InProcessHandover handover = InProcessHandover.handOver(luo, options());
      handover.successor().close();
      calls.clear();
      handover.takeBack();
      assertThat(calls).containsExactly("resume b", "resume a", "resume");
    }
  }

  @Test
  void join_aNameThatIsTakenOrNone() throws Exception {
    LiveUpdate luo = open();
    Membership first = luo.join(new Library("a"));
    assertThatThrownBy(() -> luo.join(new Library("a")))
        .isInstanceOf(DuplicateParticipantException.class);
    for (String name : List.of("", "a/b", "x".repeat(41), "\0")) {
      assertThatThrownBy(() -> luo.join(new Library(name)))
          .as(name)
          .isInstanceOfSatisfying(
              InvalidParticipantNameException.class,
              refused -> assertThat(refused.errno()).isEqualTo(Errno.EINVAL));
    }
    first.close();
    first.close();
    luo.join(new Library("a"));
    luo.close();
    assertThatThrownBy(() -> luo.join(new Library("b"))).isInstanceOf(IllegalStateException.class);
    assertThat(calls).isEmpty();
  }

  @Test
  void leave_isCalledNoMore() throws Exception {
    try (LiveUpdate luo = open()) {
      luo.join(new Library("a")).close();
      InProcessHandover handover = InProcessHandover.handOver(luo, options());
      handover.successor().close();
      handover.takeBack();
      assertThat(calls).containsExactly("pause", "resume");
    }
  }

  @Test
  void scope_refusesSessionsOfOthers() throws Exception {
    List<Throwable> refusals = new ArrayList<>();
    try (LiveUpdate luo = open()) {
      luo.join(
          new Participant() {
            @Override
            public String name() {
              return "a";
            }

            @Override
            public void preserve(ParticipantScope scope) throws LuoException {
              for (String other : List.of("a", "ab/c", "vm-42")) {
                refusals.add(
                    catchThrowableOfType(
                        OutsideScopeException.class, () -> scope.createSession(other)));
                refusals.add(
                    catchThrowableOfType(
                        OutsideScopeException.class, () -> scope.retrieveSession(other)));
              }
            }
          });
      InProcessHandover handover = InProcessHandover.handOver(luo, options());
      handover.successor().close();
      handover.takeBack();
    }
    assertThat(refusals).hasSize(6).doesNotContainNull();
  }

  @Test
  void join_retrieveThatFails_leavesWhatCame() throws Exception {
    LiveUpdate before = open();
    before.join(new Library("a"));
    try (InProcessHandover handover = InProcessHandover.handOver(before, options());
        LiveUpdate after = handover.successor()) {
      assertThatThrownBy(() -> after.join(new Library("a").failing("retrieve")))
          .isInstanceOfSatisfying(
              ParticipantFailedException.class,
              failed -> {
                assertThat(failed.participant()).isEqualTo("a");
                assertThat(failed.step()).isEqualTo(ParticipantFailedException.Step.RETRIEVE);
                assertThat(failed.errno()).isEqualTo(Errno.EXDEV);
              })
          .hasCauseInstanceOf(HandlerException.class);
      assertThat(after.incoming().orElseThrow().sessions()).containsExactly("a/data");
      Library second = new Library("a");
      after.join(second);
      assertThat(second.came).isEqualTo(1);
    }
  }
}
