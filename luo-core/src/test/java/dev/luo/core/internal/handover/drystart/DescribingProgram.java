// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A program that opens luo, or does something else that programs do when they are tried. */
public final class DescribingProgram {
  private DescribingProgram() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "describe" -> describe();
      case "chatter" -> {
        // Many times what a pipe holds.
        for (int i = 0; i < 20_000; i++) {
          System.out.println("line " + i + " of a program that has much to say");
        }
        describe();
      }
      case "refuse" ->
          DryStartAnswer.answerIfAsked(
              System.getenv(),
              () -> {
                throw new LuoException("handlers quarrel", Errno.EEXIST, Recovery.FIX_ARGUMENTS);
              });
      case "crash" -> throw new IllegalStateException("the configuration is broken");
      case "garble" -> answer("good morning\n");
      case "hurry" -> answer("luo-successor 00");
      case "flood" -> answer("x".repeat(DescriptionFormat.MAX_BYTES + 100));
      case "hang" -> {
        System.err.println("waiting for a lock that nobody gives back");
        Thread.currentThread().join();
      }
      case "read" -> {
        System.out.println("standard input has " + System.in.readAllBytes().length + " bytes");
        throw new IllegalStateException("enough");
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    throw new AssertionError("luo was opened, and this was reached");
  }

  private static void describe() {
    DryStartAnswer.answerIfAsked(
        System.getenv(),
        () ->
            SuccessorDescription.ofThisProcess(
                List.of("luo-v1", "luo-v5"),
                List.of(Compatible.of("memfd-user-v1")),
                Map.of("sessions", 7L),
                Optional.of("2.1")));
  }

  private static void answer(String text) throws IOException {
    int descriptor =
        HandoverVariable.parse(System.getenv().getOrDefault(HandoverVariable.DRY_START, ""))
            .orElseThrow()
            .descriptor();
    try (FileOutputStream pipe = new FileOutputStream("/proc/self/fd/" + descriptor)) {
      pipe.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    Runtime.getRuntime().halt(3);
  }
}
