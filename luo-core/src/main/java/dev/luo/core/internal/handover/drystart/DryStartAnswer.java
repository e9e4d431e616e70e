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
    @Nullable String value = environment.get(HandoverVariable.DRY_START);
    Optional<HandoverVariable> question =
        value == null ? Optional.empty() : HandoverVariable.parse(value);
    if (question.isEmpty()) {
      return;
    }
    HandoverVariable asked = question.get();
    if (isPipe(asked.descriptor())) {
      halt.accept(answer(asked, description) ? 0 : 1);
    } else if (isAncestor(asked.pid())) {
      // To go on would be to run a second owner beside the one that asks.
      System.err.println(
          "luo: this is a dry start, and somebody on the way from process "
              + asked.pid()
              + " has closed descriptor "
              + asked.descriptor()
              + ", on which to answer");
      halt.accept(1);
    }
    // Otherwise the environment came down from a dry start that is over.
  }

  private static boolean answer(HandoverVariable asked, Description description) {
    byte[] answer = DescriptionFormat.write(asked.nonce(), answer(description));
    try (FileOutputStream pipe = new FileOutputStream(path(asked.descriptor()).toFile())) {
      pipe.write(answer);
      return true;
    } catch (IOException nobodyListens) {
      // Whoever asked has gone, and nobody is left to tell. The program has to end all the same.
      return false;
    }
  }

  private static boolean isAncestor(long pid) {
    Optional<ProcessHandle> ancestor = ProcessHandle.current().parent();
    while (ancestor.isPresent() && ancestor.get().pid() != pid) {
      ancestor = ancestor.get().parent();
    }
    return ancestor.isPresent();
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
