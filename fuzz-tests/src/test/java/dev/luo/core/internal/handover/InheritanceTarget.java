// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.fuzz.Budget;
import dev.luo.fuzz.Descriptors;
import dev.luo.fuzz.Target;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.Memfd;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The environment of a successor: the value of the one variable, a line feed, that of the other.
 * Where a value says {@code MEMFD}, the number of an open memfd is put in.
 *
 * <p>No number makes luo close what is not its own; what it takes over is a memfd.
 */
public final class InheritanceTarget implements Target {

  private static final long PID = 4711;
  private static final String PLACE = "MEMFD";

  private final Fd memfd;

  /** Opens the memfd. */
  public InheritanceTarget() throws Exception {
    memfd = Memfd.create("inherited");
  }

  @Override
  public List<byte[]> seeds() {
    String nonce = ":4711:0123456789abcdef";
    return List.of(
        bytes(PLACE + nonce),
        bytes(PLACE + nonce + "\n0" + nonce),
        bytes("0" + nonce),
        bytes(PLACE + ":1:0123456789abcdef"),
        bytes(""));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void test(byte[] input) throws Exception {
    String text =
        new String(input, StandardCharsets.UTF_8).replace(PLACE, Integer.toString(memfd.number()));
    int end = text.indexOf('\n');
    Map<String, String> environment = new HashMap<>();
    environment.put(HandoverVariable.HANDOVER, end < 0 ? text : text.substring(0, end));
    if (end >= 0) {
      environment.put(HandoverVariable.GUARDIAN, text.substring(end + 1));
    }
    for (String value : environment.values()) {
      checkRepeats(value);
    }
    switch (Budget.within(
        (64 << 10) + 64L * input.length, () -> Inheritance.find(environment, PID))) {
      case Inheritance.Nothing _ -> throw new AssertionError("nothing was found in " + text);
      case Inheritance.Present present -> release(present.handover());
      case Inheritance.Foreign foreign -> check(foreign.pid() != PID);
      case Inheritance.Unusable unusable -> check(!unusable.why().isEmpty());
    }
    check(Descriptors.memfds().containsKey(memfd.number()));
  }

  private static void checkRepeats(String value) {
    HandoverVariable.parse(value)
        .ifPresent(variable -> {
          check(HandoverVariable.parse(variable.text()).orElseThrow().equals(variable));
        });
  }

  private static void release(InheritedHandover handover) throws Exception {
    check(handover.image().kind() == FdKind.MEMFD);
    int _ = handover.image().release();
    // A link to a guardian is left alone: a number may have met a socket of the JVM's.
  }

  private static void check(boolean holds) {
    if (!holds) {
      throw new AssertionError("not what an environment may lead to");
    }
  }
}
