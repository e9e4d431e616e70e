// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of sessions at once. */
@NoDescriptorLeaks
class ManySessionsTest {

  private LiveUpdate luo;

  @BeforeEach
  void open() throws Exception {
    luo = TwoStages.open();
  }

  @AfterEach
  void close() {
    luo.close();
  }

  @Test
  void ses11_ser20_thousandsCrossInOrderAndAreClosedInAnyOrder() throws Exception {
    List<String> names = new ArrayList<>();
    List<OutgoingSession> sessions = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      OutgoingSession session = luo.createSession("session " + i);
      sessions.add(session);
      names.add(session.name());
    }
    try (InProcessHandover handover = TwoStages.handOver(luo)) {
      LiveUpdate successor = handover.successor();
      assertThat(successor.incoming().orElseThrow().sessions()).isEqualTo(names);
      for (String name : names) {
        try (IncomingSession session = successor.retrieveSession(name)) {
          session.finish();
        }
      }
      successor.close();
      handover.takeBack();
    }
    Collections.shuffle(sessions, new Random(42));
    sessions.forEach(OutgoingSession::close);
  }

  /** The kernel looks for room first, and leaves an empty block behind where that is taken. */
  @ParameterizedTest
  @ValueSource(ints = {51, 102})
  void ser24_ses13_aNameThatIsRefusedAtAFullBlockLeavesNoBlockBehind(int sessions)
      throws Exception {
    for (int i = 0; i < sessions; i++) {
      luo.createSession("session " + i);
    }
    assertThatExceptionOfType(SessionExistsException.class)
        .isThrownBy(() -> luo.createSession("session 0"));

    try (InProcessHandover handover = TwoStages.handOver(luo)) {
      LiveUpdate successor = handover.successor();
      assertThat(successor.incoming().orElseThrow().sessions()).hasSize(sessions);
      TwoStages.discardAll(successor);
      successor.close();
      handover.takeBack();
    }
  }
}
