// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.internal.handover.drystart.DescriptionFormat.Answer;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Memfd;
import dev.luo.linux.Pipe;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DryStartAnswerTest {
  private static final long NONCE = 0xfeed_0000_0000_0001L;
  private static final long PID = ProcessHandle.current().pid();

  private final SuccessorDescription description =
      new SuccessorDescription(1, "25", Set.of("luo-v5"), Set.of(), Map.of(), Optional.empty());
  private final List<Integer> halts = new ArrayList<>();

  @Test
  void answerIfAsked_notAsked() {
    DryStartAnswer.answerIfAsked(
        Map.of(),
        () -> {
          throw new AssertionError("nobody asked");
        },
        halts::add);

    assertThat(halts).isEmpty();
  }

  @Test
  void answerIfAsked_onThePipe() throws Exception {
    try (Pipe pipe = Pipe.create()) {
      DryStartAnswer.answerIfAsked(asked(pipe.writing()), () -> description, halts::add);

      assertThat(halts).containsExactly(0);
      assertThat(answerIn(pipe)).isEqualTo(new Answer.Described(PID, description));
    }
  }

  @Test
  void answerIfAsked_luoCannotBeOpened() throws Exception {
    try (Pipe pipe = Pipe.create()) {
      DryStartAnswer.answerIfAsked(
          asked(pipe.writing()),
          () -> {
            throw new LuoException(
                "two handlers for one string", Errno.EEXIST, Recovery.FIX_ARGUMENTS);
          },
          halts::add);

      assertThat(halts).containsExactly(0);
      assertThat(answerIn(pipe))
          .isEqualTo(
              new Answer.Failed(PID, "dev.luo.spi.LuoException: two handlers for one string"));
    }
  }

  @Test
  void answerIfAsked_whoeverAskedIsGone() throws Exception {
    try (Pipe pipe = Pipe.create()) {
      pipe.reading().close();

      DryStartAnswer.answerIfAsked(asked(pipe.writing()), () -> description, halts::add);

      assertThat(halts).containsExactly(1);
    }
  }

  @Test
  void answerIfAsked_descriptorIsSomethingElse() throws Exception {
    try (Fd memfd = Memfd.create("not-a-pipe")) {
      DryStartAnswer.answerIfAsked(asked(memfd), () -> description, halts::add);
    }

    assertThat(halts).isEmpty();
  }

  @Test
  void answerIfAsked_dryStartOfSomebodyElse() {
    DryStartAnswer.answerIfAsked(
        Map.of(HandoverVariable.DRY_START, new HandoverVariable(999_999, PID, NONCE).text()),
        () -> description,
        halts::add);

    assertThat(halts).isEmpty();
  }

  @Test
  void answerIfAsked_descriptorWasClosedOnTheWay() {
    long parent = ProcessHandle.current().parent().orElseThrow().pid();

    DryStartAnswer.answerIfAsked(
        Map.of(HandoverVariable.DRY_START, new HandoverVariable(999_999, parent, NONCE).text()),
        () -> description,
        halts::add);

    assertThat(halts).containsExactly(1);
  }

  @Test
  void answerIfAsked_nonsense() {
    DryStartAnswer.answerIfAsked(
        Map.of(HandoverVariable.DRY_START, "yes"), () -> description, halts::add);

    assertThat(halts).isEmpty();
  }

  private static Map<String, String> asked(Fd descriptor) {
    return Map.of(
        HandoverVariable.DRY_START, new HandoverVariable(descriptor.number(), PID, NONCE).text());
  }

  private static Answer answerIn(Pipe pipe) throws IOException, DescriptionFormat.GarbledException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(4096);
      long count = FileIo.read(pipe.reading(), buffer);
      return DescriptionFormat.read(NONCE, buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
    }
  }
}
