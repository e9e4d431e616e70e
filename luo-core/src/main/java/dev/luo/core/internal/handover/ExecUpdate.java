// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.ExecFailedException;
import dev.luo.core.FreezeRefusedException;
import dev.luo.core.Successor;
import dev.luo.core.SuccessorRefusedException;
import dev.luo.core.internal.handover.drystart.DryStart;
import dev.luo.core.internal.handover.drystart.SuccessorDescription;
import dev.luo.core.internal.handover.guardian.GuardianProcess;
import dev.luo.core.internal.handover.program.CommandFinder;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.Environment;
import dev.luo.linux.process.Exec;
import dev.luo.linux.process.Signal;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import java.io.Flushable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Replaces this process by its successor. The steps are numbered in the description of the package.
 *
 * <p>An update is made by one platform thread, since it waits in the kernel.
 */
public final class ExecUpdate {
  /** After so many calls the first that counts costs what any costs. */
  private static final int REHEARSALS = 30;

  /**
   * Those signals that whoever started this program may have had ignored for good reason: {@code
   * nohup} the first, a shell's background job the others. What else is ignored was left so by
   * accident somewhere, and is reset.
   */
  static final Set<Signal> KEPT_IGNORED = Set.of(Signal.HUP, Signal.INT, Signal.QUIT);

  private final Duration freezeDeadline;
  private final Flushing flushing;
  private final Timeline timeline;

  /**
   * Prepares nothing yet.
   *
   * @param freezeDeadline how long the freeze may take
   * @param flushables what is to be flushed besides the standard streams, as no shutdown hook will
   *     run. Each is flushed before the freeze and after it
   */
  public ExecUpdate(Duration freezeDeadline, List<Flushable> flushables) {
    this(freezeDeadline, flushables, new Timeline());
  }

  /**
   * As the other one.
   *
   * @param timeline to be filled
   */
  public ExecUpdate(Duration freezeDeadline, List<Flushable> flushables, Timeline timeline) {
    this.timeline = timeline;
    this.freezeDeadline = freezeDeadline;
    this.flushing = new Flushing(flushables, freezeDeadline);
  }

  /**
   * Replaces this process. Never returns normally. Called once.
   *
   * @param stillWanted throws if there is to be no update any more; called before the freeze, and
   *     for the last time when everything is frozen
   * @throws SuccessorRefusedException if successor or guardian are unfit; nothing has changed
   * @throws ExecFailedException if the system refuses to replace the process; everything is as it
   *     was, and the state has been thawed
   * @throws FreezeRefusedException if the freeze or a flush took too long, and was undone
   * @throws LuoException if the state cannot be frozen, and has thawed itself
   */
  public void run(Successor successor, FreezableState state, Runnable stillWanted)
      throws LuoException {
    Command command = CommandFinder.of(successor);
    Optional<SuccessorDescription> offered = tryOut(command, successor, state);
    try (GuardianProcess guardian = guard(successor)) {
      rehearse(command);
      flushing.within(Deadline.after(freezeDeadline));
      stillWanted.run();
      Deadline deadline = Deadline.after(freezeDeadline);
      FrozenState frozen = state.freeze(deadline, timeline);
      try {
        requireInTime(deadline);
        stillWanted.run();
        if (offered.isPresent()) {
          // Sessions have taken files while the successor was tried.
          DryStart.requireFit(offered.get(), state.demands());
        }
        if (guardian != null) {
          try (var _ = timeline.start("arm-guardian")) {
            guardian.arm(frozen.image(), frozen.nonce(), frozen.carried());
          }
        }
        state.depart(timeline);
        flushing.within(deadline);
        throw cross(command, frozen, guardian);
      } finally {
        goBack(guardian, state);
      }
    }
  }

  /** Returns what the update has come to; also after it was refused. */
  public Timeline timeline() {
    return timeline;
  }

  /** Nobody can stop a callback that overruns; what can be done is not to go on after it. */
  private void requireInTime(Deadline deadline) throws FreezeRefusedException {
    if (deadline.expired()) {
      throw new FreezeRefusedException(
          "the freeze took longer than " + freezeDeadline.toMillis() + " ms",
          new TimeoutException());
    }
  }

  private static void goBack(@Nullable GuardianProcess guardian, FreezableState state) {
    try {
      // Nobody may be left who could start a second owner when the workload runs again.
      if (guardian != null) {
        guardian.dismiss();
      }
    } finally {
      state.thaw();
    }
  }

  /** Answers what the successor said of itself, if it was to be asked. */
  private Optional<SuccessorDescription> tryOut(
      Command command, Successor successor, FreezableState state) throws SuccessorRefusedException {
    if (successor.dryStart().isEmpty()) {
      return Optional.empty();
    }
    try (var _ = timeline.start("dry-start")) {
      return Optional.of(DryStart.check(command, successor.dryStart().get(), state.demands()));
    }
  }

  private @Nullable GuardianProcess guard(Successor successor) throws LuoException {
    if (successor.guardian().isEmpty()) {
      return null;
    }
    try (var _ = timeline.start("start-guardian")) {
      return GuardianProcess.start(CommandFinder.ofThisProcess(), successor.guardian().get());
    }
  }

  private static void rehearse(Command command) throws ExecFailedException {
    try {
      for (int i = 0; i < REHEARSALS; i++) {
        Exec.warm();
      }
    } catch (LinuxException failure) {
      throw failed(command, failure);
    }
  }

  /** Crosses, or answers why not, with every flag put back. */
  private static ExecFailedException cross(
      Command command, FrozenState frozen, @Nullable GuardianProcess guardian) {
    List<Fd> kept = new ArrayList<>(frozen.everything());
    if (guardian != null) {
      kept.add(guardian.link());
    }
    long pid = ProcessHandle.current().pid();
    HandoverVariable image = new HandoverVariable(frozen.image().number(), pid, frozen.nonce());
    Environment environment = command.environment().with(HandoverVariable.HANDOVER, image.text());
    if (guardian != null) {
      HandoverVariable link =
          new HandoverVariable(guardian.link().number(), guardian.pid(), frozen.nonce());
      environment = environment.with(HandoverVariable.GUARDIAN, link.text());
    }
    try (DescriptorSweep _ = DescriptorSweep.keep(kept)) {
      Exec.replace(command.in(environment), KEPT_IGNORED);
      throw new AssertionError("execve returned without an error");
    } catch (LinuxException failure) {
      return failed(command, failure);
    }
  }

  static ExecFailedException failed(Command command, LinuxException failure) {
    return new ExecFailedException(
        "this process cannot be replaced by " + command.path() + ": " + failure.getMessage(),
        failure.errno(),
        failure);
  }
}
