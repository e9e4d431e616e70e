// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import dev.luo.core.internal.handover.drystart.DescriptionFormat.Answer;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.spi.LuoException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The side of a dry start that runs in the program that is tried.
 *
 * <p>Needs no foreign linker: the pipe is reached through {@code /proc/self/fd}.
 */
public final class DryStartAnswer {
  private DryStartAnswer() {}

  /** Collects what the program offers. */
  @FunctionalInterface
  public interface Description {
    /**
     * Describes the program.
     *
     * @throws LuoException if luo cannot be opened, which is an answer too
     */
    SuccessorDescription describe() throws LuoException;
  }

  /**
   * Answers and halts the JVM if this is a dry start; otherwise returns at once. Called by {@code
   * LiveUpdate.open} before it does anything else. Shutdown hooks do not run, as the program has
   * not begun.
   *
   * @param environment the variables of this process
   * @param description asked only if this is a dry start
   */
  public static void answerIfAsked(Map<String, String> environment, Description description) {
    answerIfAsked(environment, description, status -> Runtime.getRuntime().halt(status));
  }

  /** As {@link #answerIfAsked(Map, Description)}, with something else in the place of the halt. */
  static void answerIfAsked(
      Map<String, String> environment, Description description, IntConsumer halt) {
    Optional<HandoverVariable> question = question(environment);
    if (question.isEmpty()) {
      return;
    }
    HandoverVariable asked = question.get();
    byte[] answer = DescriptionFormat.write(asked.nonce(), answer(description));
    int status = 0;
    try (FileOutputStream pipe = new FileOutputStream(path(asked.descriptor()).toFile())) {
      pipe.write(answer);
    } catch (IOException nobodyListens) {
      // Whoever asked has gone; there is nobody left to tell, and to go on would be to start a
      // second owner of whatever this program owns.
      status = 1;
    }
    halt.accept(status);
  }

  /**
   * Answers whether this process was started to be tried. If the pipe is not there, it was not: a
   * process that was tried may have started this one, and an environment is handed down.
   */
  private static Optional<HandoverVariable> question(Map<String, String> environment) {
    @Nullable String value = environment.get(HandoverVariable.DRY_START);
    if (value == null) {
      return Optional.empty();
    }
    return HandoverVariable.parse(value).filter(asked -> isPipe(asked.descriptor()));
  }

  private static boolean isPipe(int descriptor) {
    try {
      return Files.readSymbolicLink(path(descriptor)).toString().startsWith("pipe:");
    } catch (IOException notOpen) {
      return false;
    }
  }

  private static Path path(int descriptor) {
    return Path.of("/proc/self/fd/" + descriptor);
  }

  private static Answer answer(Description description) {
    long pid = ProcessHandle.current().pid();
    try {
      return new Answer.Described(pid, description.describe());
    } catch (LuoException | RuntimeException failure) {
      return new Answer.Failed(pid, failure.toString());
    }
  }
}
