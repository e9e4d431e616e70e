// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.internal.handover.Inheritance.Foreign;
import dev.luo.core.internal.handover.Inheritance.Nothing;
import dev.luo.core.internal.handover.Inheritance.Present;
import dev.luo.core.internal.handover.Inheritance.Unusable;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.Memfd;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InheritanceTest {
  private static final long PID = ProcessHandle.current().pid();
  private static final long NONCE = 0xfeed_0000_0000_0001L;
  private static final int NOT_OPEN = 999_999;

  @Test
  void find_noVariable() {
    assertThat(Inheritance.find(Map.of(), PID)).isEqualTo(new Nothing());
  }

  @Test
  void find_linkAlone() {
    assertThat(Inheritance.find(Map.of(HandoverVariable.GUARDIAN, value(5, PID)), PID))
        .isEqualTo(new Nothing());
  }

  @Test
  void find_memfd() throws Exception {
    try (Fd memfd = Memfd.create("image")) {
      Inheritance found = Inheritance.find(image(value(memfd.number(), PID)), PID);

      assertThat(found)
          .isInstanceOfSatisfying(
              Present.class,
              present -> {
                assertThat(present.handover().image().release()).isEqualTo(memfd.number());
                assertThat(present.handover().nonce()).isEqualTo(NONCE);
                assertThat(present.handover().guardian()).isEmpty();
              });
      assertThat(memfd.kind()).isNotNull();
    }
  }

  @Test
  void find_forAnotherProcess() throws Exception {
    try (Fd memfd = Memfd.create("image")) {
      assertThat(Inheritance.find(image(value(memfd.number(), PID + 1)), PID))
          .isEqualTo(new Foreign(PID + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "3", "3:x:0000000000000000", "-1:1:0000000000000000"})
  void find_nonsense(String value) {
    assertUnusable(image(value), "is not <descriptor>:<pid>:<nonce>");
  }

  @Test
  void find_notOpen() {
    assertUnusable(image(value(NOT_OPEN, PID)), "names a descriptor that is not open");
  }

  @Test
  void find_noMemfd() throws Exception {
    try (Fd event = EventFd.create(0)) {
      assertUnusable(image(value(event.number(), PID)), "which is no memfd");
      assertThat(event.closeOnExec()).as("still open").isTrue();
    }
  }

  @Test
  void find_linkIsNoSocket() throws Exception {
    try (Fd memfd = Memfd.create("image")) {
      assertUnusable(
          Map.of(
              HandoverVariable.HANDOVER,
              value(memfd.number(), PID),
              HandoverVariable.GUARDIAN,
              value(memfd.number(), 17)),
          "which is no socket");
      assertThat(memfd.closeOnExec()).as("still open").isTrue();
    }
  }

  @Test
  void find_linkOfAnotherHandover() throws Exception {
    try (Fd memfd = Memfd.create("image")) {
      assertUnusable(
          Map.of(
              HandoverVariable.HANDOVER,
              value(memfd.number(), PID),
              HandoverVariable.GUARDIAN,
              new HandoverVariable(memfd.number(), 17, NONCE + 1).text()),
          "does not belong to this handover");
    }
  }

  private static void assertUnusable(Map<String, String> environment, String why) {
    assertThat(Inheritance.find(environment, PID))
        .isInstanceOfSatisfying(
            Unusable.class, unusable -> assertThat(unusable.why()).contains(why));
  }

  private static Map<String, String> image(String value) {
    return Map.of(HandoverVariable.HANDOVER, value);
  }

  private static String value(int descriptor, long pid) {
    return new HandoverVariable(descriptor, pid, NONCE).text();
  }
}
