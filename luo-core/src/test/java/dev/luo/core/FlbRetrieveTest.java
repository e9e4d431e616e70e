// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shared state that handlers ask for in the successor. */
@NoDescriptorLeaks
class FlbRetrieveTest {

  private final List<String> calls = new ArrayList<>();
  private final CountedState first = new CountedState("first-v1", 1, calls);
  private final CountedState second = new CountedState("second-v1", 2, calls);
  private final CountedState sent = new CountedState("first-v1", 1, new ArrayList<>());
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls, first, second);
  private final List<Long> seen = new ArrayList<>();
  private LiveUpdate successor;
  private IncomingSession session;

  /** The predecessor sends the first state only. */
  @BeforeEach
  void handOver() throws Exception {
    LiveUpdate predecessor = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>(), sent));
    TwoStages.preserve(predecessor.createSession("s"), 1, 2);
    try (InProcessHandover handover = TwoStages.handOver(predecessor, handler)) {
      successor = handover.successor();
    }
    session = successor.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    session.discard();
    session.close();
    successor.close();
  }

  private HandlerFailedException failure(long token) {
    return assertThatExceptionOfType(HandlerFailedException.class)
        .isThrownBy(() -> session.retrieve(Token.of(token)))
        .actual();
  }

  @Test
  void fil43_retrievingAFileRetrievesNoSharedState() throws Exception {
    assertThat(TwoStages.number(session, 1)).isEqualTo(1);

    assertThat(take(calls)).containsExactly("retrieve 0x1", "resume 0x1");
  }

  @Test
  void flb25_theFirstRequestRetrievesItAndLaterOnesGetTheSame() throws Exception {
    handler.whenRetrieving =
        context -> {
          seen.add(context.shared(first));
          seen.add(context.shared(first));
        };

    assertThat(TwoStages.number(session, 1)).isEqualTo(1);
    assertThat(TwoStages.number(session, 2)).isEqualTo(2);

    assertThat(seen).hasSize(4).containsOnly(1L);
    assertThat(first.handle).isEqualTo(sent.handle);
    assertThat(take(calls))
        .containsExactly(
            "retrieve 0x1", "retrieve first-v1", "resume 0x1", "retrieve 0x2", "resume 0x2");
  }

  @Test
  void flb26_aFailureIsAnsweredAgain() {
    first.failing = "retrieve";
    handler.whenRetrieving = context -> seen.add(context.shared(first));

    assertThat(failure(1).errno()).isEqualTo(Errno.EXDEV);
    first.failing = "";
    assertThat(failure(2).errno()).isEqualTo(Errno.EXDEV);

    assertThat(take(calls)).containsExactly("retrieve 0x1", "retrieve first-v1", "retrieve 0x2");
  }

  @Test
  void flb20_flb24_whatNoFileStoodOnDidNotCrossAndIsNotFound() {
    handler.whenRetrieving = context -> seen.add(context.shared(second));

    assertThat(failure(1).errno()).isEqualTo(Errno.ENOENT);

    assertThat(take(calls)).containsExactly("retrieve 0x1");
  }
}
