// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import dev.luo.core.Successor;
import dev.luo.core.SuccessorRefusedException;
import dev.luo.core.SuccessorRefusedException.Reason;
import dev.luo.core.internal.handover.drystart.DescriptionFormat.Answer;
import dev.luo.core.internal.handover.drystart.DescriptionFormat.GarbledException;
import dev.luo.core.internal.handover.program.CommandFinder;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import dev.luo.linux.process.Command;
import dev.luo.spi.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/** The side of a dry start that runs in the predecessor. */
public final class DryStart {
  /** A script's first line is not read beyond this by the kernel either. */
  private static final int FIRST_LINE = 256;

  /** How long a program may take that an update would not try. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private DryStart() {}

  /**
   * Lets a program describe itself, as long as it may take.
   *
   * @throws SuccessorRefusedException if it is not found, or no description comes back
   */
  public static SuccessorDescription describe(Successor successor)
      throws SuccessorRefusedException {
    return describe(CommandFinder.of(successor), successor.dryStart().orElse(PATIENCE));
  }

  /**
   * Lets a command describe what it would run.
   *
   * <p>When this returns or throws, the process that was started has ended and been reaped.
   *
   * @param command what would be executed
   * @param patience how long it may take
   * @throws SuccessorRefusedException if no description comes back
   */
  public static SuccessorDescription describe(Command command, Duration patience)
      throws SuccessorRefusedException {
    long nonce = new SecureRandom().nextLong();
    HandoverVariable question =
        new HandoverVariable(Trial.ANSWER, ProcessHandle.current().pid(), nonce);
    Command asked =
        command.in(command.environment().with(HandoverVariable.DRY_START, question.text()));
    Deadline deadline = Deadline.after(patience);
    try (Trial trial = start(asked)) {
      Trial.Outcome outcome = trial.await(deadline);
      trial.end();
      return switch (outcome) {
        case ANSWERED -> judge(trial, nonce);
        case TOO_LONG -> throw garbled(trial, "it is too long");
        case ENDED ->
            throw trial.answer().length > 0
                ? garbled(trial, "it breaks off")
                : refuse(
                    trial, Reason.ENDED, Errno.ECHILD, "the successor ended before it opened luo");
        case SILENT ->
            throw trial.answer().length > 0
                ? garbled(trial, "it breaks off")
                : refuse(
                    trial,
                    Reason.SILENT,
                    Errno.ETIMEDOUT,
                    "the successor did not open luo within " + patience.toMillis() + " ms");
      };
    } catch (LinuxException failure) {
      throw SuccessorRefusedException.because(
              Reason.NOT_STARTED, failure.errno(), "the successor cannot be tried")
          .cause(failure)
          .build();
    }
  }

  /**
   * Finds out whether a command could take over.
   *
   * @return what it said of itself, as the demands may grow until it is needed
   * @throws SuccessorRefusedException if it could not
   */
  public static SuccessorDescription check(Command command, Duration patience, Demands demands)
      throws SuccessorRefusedException {
    SuccessorDescription offered = describe(command, patience);
    requireFit(offered, demands);
    return offered;
  }

  /**
   * Compares what a command said of itself with what is demanded of it.
   *
   * @throws SuccessorRefusedException if it lacks something
   */
  public static void requireFit(SuccessorDescription offered, Demands demands)
      throws SuccessorRefusedException {
    List<String> missing = demands.missingFrom(offered);
    if (!missing.isEmpty()) {
      throw SuccessorRefusedException.because(
              Reason.INCOMPATIBLE, Errno.ENOENT, "the successor cannot take over, it lacks")
          .missing(missing)
          .build();
    }
  }

  private static Trial start(Command command) throws SuccessorRefusedException {
    try {
      return Trial.start(command);
    } catch (LinuxException failure) {
      throw SuccessorRefusedException.because(
              Reason.NOT_STARTED,
              failure.errno(),
              command.path() + " cannot be started: " + explain(command.path(), failure.errno()))
          .cause(failure)
          .build();
    }
  }

  /** Says in words what the kernel means, where its own word misleads. */
  private static String explain(String path, Errno errno) {
    if (errno.equals(Errno.ENOEXEC)) {
      return "it is neither a binary of this machine nor a script that names its interpreter";
    }
    if (errno.equals(Errno.ENOENT) || errno.equals(Errno.EACCES)) {
      // The file itself was there and executable when it was looked up.
      String interpreter = interpreter(path);
      if (!interpreter.isEmpty()) {
        return "its interpreter " + interpreter + " does not exist or may not be executed";
      }
    }
    return errno.text();
  }

  private static String interpreter(String path) {
    try (var input = Files.newInputStream(Path.of(path))) {
      String start = new String(input.readNBytes(FIRST_LINE), StandardCharsets.UTF_8);
      if (!start.startsWith("#!")) {
        return "";
      }
      return start.substring(2).lines().findFirst().orElse("").strip().split("[ \t]", 2)[0];
    } catch (IOException notReadable) {
      // Executing asks for no right to read. There is less to say then.
      return "";
    }
  }

  private static SuccessorDescription judge(Trial trial, long nonce)
      throws SuccessorRefusedException {
    Answer answer;
    try {
      answer = DescriptionFormat.read(nonce, trial.answer());
    } catch (GarbledException garbled) {
      throw garbled(trial, garbled.why());
    }
    if (answer.pid() != trial.pid()) {
      throw refuse(
          trial,
          Reason.ANOTHER_PROCESS,
          Errno.ESRCH,
          "the command runs the program as another process ("
              + answer.pid()
              + ") than its own ("
              + trial.pid()
              + "); a script has to exec it");
    }
    return switch (answer) {
      case Answer.Described described -> described.description();
      case Answer.Failed failed ->
          throw refuse(
              trial,
              Reason.NOT_OPENED,
              Errno.EINVAL,
              "the successor cannot open luo: " + failed.why());
    };
  }

  private static SuccessorRefusedException garbled(Trial trial, String why) {
    return refuse(
        trial,
        Reason.GARBLED,
        Errno.EPROTO,
        "what the successor says about itself cannot be understood: " + why);
  }

  private static SuccessorRefusedException refuse(
      Trial trial, Reason reason, Errno errno, String message) {
    return SuccessorRefusedException.because(reason, errno, message)
        .process(trial.ending(), trial.output())
        .build();
  }
}
