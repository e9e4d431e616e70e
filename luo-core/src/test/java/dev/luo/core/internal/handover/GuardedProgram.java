// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.Successor;
import dev.luo.core.internal.handover.Inheritance.Present;
import dev.luo.core.internal.handover.drystart.DryStartAnswer;
import dev.luo.core.internal.handover.drystart.SuccessorDescription;
import dev.luo.core.internal.handover.guardian.GuardianLink;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.OpenDescriptor;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Signal;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program that updates itself under the eyes of a guardian. Its arguments are: what becomes of
 * the successor, how many descriptors are carried, the guardian's deadline in milliseconds, a file
 * to lock. The successor gets one more, and does what the first says.
 *
 * <p>Whoever owns the descriptors holds the lock on the file; the system gives it back when that
 * process has ended, and not before.
 */
public final class GuardedProgram {
  private static final int SUCCESSOR_ARGUMENTS = 5;

  private final String fate;
  private final int count;
  private final Duration patience;
  private final Path lock;

  private GuardedProgram(String[] arguments) {
    this.fate = arguments[0];
    this.count = Integer.parseInt(arguments[1]);
    this.patience = Duration.ofMillis(Long.parseLong(arguments[2]));
    this.lock = Path.of(arguments[3]);
  }

  public static void main(String[] arguments) throws Exception {
    DryStartAnswer.answerIfAsked(
        System.getenv(),
        () ->
            SuccessorDescription.ofThisProcess(
                List.of("luo-v5"), List.of(), Map.of(), Optional.empty()));
    GuardedProgram program = new GuardedProgram(arguments);
    Inheritance found = Inheritance.find(System.getenv(), ProcessHandle.current().pid());
    if (arguments.length == SUCCESSOR_ARGUMENTS) {
      program.succeed(((Present) found).handover());
    } else if (found instanceof Present present) {
      program.comeBack(present.handover());
    } else {
      program.update();
    }
  }

  /** Takes the lock for as long as this process lives. */
  private void own() throws IOException {
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    @Nullable FileLock taken = channel.tryLock();
    System.out.println("alone=" + (taken != null));
  }

  private void update() throws Exception {
    System.out.println("first=" + ProcessHandle.current().pid());
    List<Fd> carried = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      carried.add(EventFd.create(i + 1));
    }
    System.out.println("numbers=" + carried.stream().map(Fd::number).toList());
    List<String> command =
        new ArrayList<>(
            ChildJvm.command(
                GuardedProgram.class,
                fate,
                Integer.toString(count),
                Long.toString(patience.toMillis()),
                lock.toString(),
                "successor"));
    Successor successor =
        fate.equals("not-java")
            ? Successor.ofCommand("/bin/false").withoutDryStart()
            : Successor.ofCommand(command);
    if (fate.equals("no-exec")) {
      successor = Successor.ofCommand(lock.toString()).withoutDryStart();
    }
    FakeState state =
        new FakeState(1, carried) {
          @Override
          public FrozenState freeze(Deadline deadline, Timeline timeline) throws LuoException {
            dieIf("killed-in-freeze");
            FrozenState frozen = super.freeze(deadline, timeline);
            if (fate.equals("guardian-dies-in-freeze")) {
              killChild();
            }
            return frozen;
          }

          @Override
          public void depart(Timeline timeline) {
            super.depart(timeline);
            dieIf("killed-in-depart");
          }

          @Override
          public void thaw() {
            super.thaw();
            System.out.println("children=" + ProcessHandle.current().children().count());
          }
        };
    if (fate.equals("refused")) {
      state.refusing();
    }
    if (fate.equals("no-launcher")) {
      System.setProperty("java.home", lock.toString());
    }
    if (fate.equals("killed-in-start")) {
      dieWithTheFirstChild();
      successor = successor.withoutDryStart();
    } else if (fate.equals("killed-in-dry-start")) {
      dieWithTheFirstChild();
    }
    try {
      new ExecUpdate(Duration.ofSeconds(10), List.of())
          .run(successor.guardian(patience), state, () -> {});
    } catch (LuoException failure) {
      System.out.println("failure=" + failure.getClass().getSimpleName());
      System.out.println("errno=" + failure.errno().name());
      System.out.println("calls=" + state.calls());
      System.out.println("left=" + ProcessHandle.current().children().count());
    }
  }

  /** Makes this process end when it has a child, and tell which. */
  private static void dieWithTheFirstChild() {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          Optional<ProcessHandle> child = Optional.empty();
          while (child.isEmpty()) {
            Thread.onSpinWait();
            child = ProcessHandle.current().children().findAny();
          }
          System.out.println("child=" + child.get().pid());
          die();
        });
  }

  private static void killChild() {
    long child = ProcessHandle.current().children().findAny().orElseThrow().pid();
    try (PidFd guardian = PidFd.open(child)) {
      guardian.send(Signal.KILL);
      boolean _ = guardian.awaitEnd(Long.MAX_VALUE);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private void dieIf(String when) {
    if (fate.equals(when)) {
      die();
    }
  }

  private static void die() {
    try (PidFd self = PidFd.open(ProcessHandle.current().pid())) {
      self.send(Signal.KILL);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private void succeed(InheritedHandover handover) throws Exception {
    System.out.println("second=" + ProcessHandle.current().pid());
    own();
    GuardianLink link = handover.guardian().orElseThrow();
    switch (fate) {
      case "dies" -> Runtime.getRuntime().halt(7);
      case "claims-and-dies" -> {
        FakeImage.claim(handover.image());
        Runtime.getRuntime().halt(7);
      }
      case "is-killed" -> die();
      case "hangs" -> Thread.currentThread().join();
      case "hangs-without-link" -> {
        link.close();
        Thread.currentThread().join();
      }
      case "succeeds", "guardian-is-stopped", "guardian-is-dead" -> {
        if (!fate.equals("succeeds")) {
          try (PidFd guardian = PidFd.open(link.guardianPid())) {
            guardian.send(fate.equals("guardian-is-dead") ? Signal.KILL : Signal.STOP);
          }
        }
        System.out.println("guarded=" + ProcessHandle.current().children().count());
        link.standDown();
        System.out.println("left=" + ProcessHandle.current().children().count());
        report(handover);
      }
      default -> throw new IllegalArgumentException(fate);
    }
  }

  private void comeBack(InheritedHandover handover) throws Exception {
    System.out.println("back=" + ProcessHandle.current().pid());
    own();
    report(handover);
  }

  private void report(InheritedHandover handover) throws IOException {
    FakeImage image = FakeImage.read(handover.image());
    System.out.println("nonce=" + (image.nonce() == handover.nonce()));
    System.out.println("claimed=" + image.claimed());
    System.out.println("retrieved=" + image.carried());
    int expected = 1;
    for (int number : image.carried()) {
      if (EventFd.take(Fd.adopt(number)).orElse(0) != expected++) {
        System.out.println("wrong=" + number);
      }
    }
    List<Integer> known = new ArrayList<>(image.carried());
    known.add(handover.image().number());
    System.out.println(
        "strange="
            + OpenDescriptor.list().stream()
                .filter(open -> open.number() > 2 && !known.contains(open.number()))
                .map(OpenDescriptor::target)
                .filter(target -> !target.contains(ChildJvm.JAVA_HOME))
                .filter(target -> !target.endsWith(".jar") && !target.equals(lock.toString()))
                .toList());
    System.out.println(
        "variables=" + HandoverVariable.ALL.stream().filter(System.getenv()::containsKey).toList());
    System.out.println("options=" + System.getenv("JDK_JAVA_OPTIONS"));
  }
}
