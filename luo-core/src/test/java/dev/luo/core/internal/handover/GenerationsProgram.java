// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.Successor;
import dev.luo.core.internal.handover.Inheritance.Nothing;
import dev.luo.core.internal.handover.Inheritance.Present;
import dev.luo.core.internal.handover.drystart.DryStartAnswer;
import dev.luo.core.internal.handover.drystart.SuccessorDescription;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import java.io.FileInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Updates itself to the same command until its third generation. An eventfd crosses, to which each
 * generation adds one; a file that is open as well does not.
 */
public final class GenerationsProgram {
  private static final int LAST = 3;

  private GenerationsProgram() {}

  public static void main(String[] arguments) throws Exception {
    DryStartAnswer.answerIfAsked(
        System.getenv(),
        () -> {
          System.out.println("this is dry, and shown to nobody");
          return SuccessorDescription.ofThisProcess(
              List.of("luo-v5"), List.of(Compatible.of("event-v1")), Map.of(), Optional.empty());
        });
    long pid = ProcessHandle.current().pid();
    long generation = 1;
    Fd counter;
    switch (Inheritance.find(System.getenv(), pid)) {
      case Nothing _ -> counter = EventFd.create(0);
      case Present present -> {
        FakeImage image = FakeImage.read(present.handover().image());
        if (image.nonce() != present.handover().nonce()) {
          throw new AssertionError("the nonces differ");
        }
        generation = image.generation() + 1;
        counter = Fd.adopt(image.carried().getFirst());
        present.handover().image().close();
      }
      case Inheritance other -> throw new AssertionError(other);
    }
    EventFd.signal(counter, 1);
    System.out.println("generation=" + generation);
    System.out.println("pid=" + pid);
    System.out.println("arguments=" + List.of(arguments));
    System.out.println(
        "variables=" + HandoverVariable.ALL.stream().filter(System.getenv()::containsKey).toList());
    System.out.println("extra=" + System.getenv("EXTRA"));
    if (generation == LAST) {
      System.out.println("counter=" + EventFd.take(counter).orElseThrow());
      return;
    }
    try (FileInputStream leak = new FileInputStream("/proc/self/stat")) {
      System.out.println("leak=" + leak.getFD().valid());
      // Not flushed by a new line: what is still in a buffer must not be lost.
      System.out.print("before=" + generation + "\n");
      new ExecUpdate(Duration.ofSeconds(10), List.of())
          .run(
              Successor.sameCommand().environment(Map.of("EXTRA", "after " + generation)),
              new FakeState(generation, List.of(counter), "event-v1"),
              () -> {});
    }
  }
}
