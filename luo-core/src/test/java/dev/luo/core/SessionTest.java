// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.spi.Crossing;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NoDescriptorLeaks
class SessionTest {

  private LiveUpdate luo;

  @BeforeEach
  void open() throws Exception {
    luo = TwoStages.open();
  }

  @AfterEach
  void close() {
    luo.close();
  }

  @ParameterizedTest
  @DisplayName("LUO-SES-01, 04 and 06 names of 1 to 63 bytes work, whatever the bytes")
  @ValueSource(strings = {"a", "VM-42", "vm-42", "überholt", "\n\t\"", "€€€€€€€€€€€€€€€€€€€€€"})
  void ses01_ses04_ses06_createSession_withName(String name) throws Exception {
    assertThat(luo.createSession(name).name()).isEqualTo(name);
  }

  @Test
  @DisplayName("LUO-SES-02 and 03 empty names, NUL, and more than 63 bytes are refused")
  void ses02_ses03_createSession_withBadName() {
    for (String name :
        List.of("", "a\0b", "x".repeat(64), "€".repeat(21) + "x", "half a pair: \ud800")) {
      assertThatExceptionOfType(InvalidSessionNameException.class)
          .isThrownBy(() -> luo.createSession(name))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }
  }

  @Test
  @DisplayName("LUO-SES-07, 08 and 10 a name is used once at a time")
  void ses07_ses08_ses10_createSession_withNameInUse() throws Exception {
    OutgoingSession session = luo.createSession("s");
    luo.createSession("t");

    assertThatExceptionOfType(SessionExistsException.class)
        .isThrownBy(() -> luo.createSession("s"))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
    session.close();
    luo.createSession("s");
  }

  @Test
  @DisplayName("LUO-SES-11 and 20 thousands of sessions cross in order and are closed in any order")
  void ses11_ser20_createSession_manyTimes() throws Exception {
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

  @Test
  @DisplayName("LUO-SES-20, 21 and 22 nothing can be retrieved that was not handed over")
  void ses20_ses21_ses22_retrieveSession_onColdStart() throws Exception {
    luo.createSession("s");

    for (String name : List.of("s", "", "x".repeat(64))) {
      assertThatExceptionOfType(NoSuchSessionException.class)
          .isThrownBy(() -> luo.retrieveSession(name))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }
    assertThat(luo.incoming()).isEmpty();
    assertThat(luo.report()).isEmpty();
    luo.resumed();
  }

  @Test
  @DisplayName("LUO-SES-09 an outgoing session may have the name of an incoming one")
  void ses09_createSession_withNameOfIncoming() throws Exception {
    luo.createSession("s");
    try (InProcessHandover handover = TwoStages.handOver(luo);
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      successor.createSession("s");
      session.finish();
    }
  }

  @Test
  @DisplayName("LUO-DEV-02 and 04 luo is open once a process, and again after it was closed")
  void dev02_dev04_open_secondTime() throws Exception {
    Options options = Options.crossings(Crossing.EXEC).withoutDiscovery();
    try (LiveUpdate first = LiveUpdate.open(options)) {
      assertThatIllegalStateException().isThrownBy(() -> LiveUpdate.open(options));
      first.createSession("s");
    }
    LiveUpdate.open(options).close();
  }

  @Test
  void createSession_afterClose() {
    luo.close();

    assertThatIllegalStateException().isThrownBy(() -> luo.createSession("s"));
  }

  @Test
  void options_withACrossingThatIsNotThereYet() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.crossings(Crossing.EXEC, Crossing.KERNEL))
        .withMessageContaining("KERNEL");
  }
}
