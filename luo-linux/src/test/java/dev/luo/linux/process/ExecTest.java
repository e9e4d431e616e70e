// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.ChildJvm;
import dev.luo.linux.CloseRange;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.OpenDescriptor;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NoDescriptorLeaks
class ExecTest {
  @Test
  void replace_thatFails_changesNothing(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "x");
    Signals before = Signals.ofThread();
    assertFails(Errno.ENOENT, () -> Exec.replace(Command.of("/nonexistent")));
    assertFails(Errno.EACCES, () -> Exec.replace(text.toString(), List.of("text"), Map.of()));
    assertThat(text.toFile().setExecutable(true)).isTrue();
    assertFails(Errno.ENOEXEC, () -> Exec.replace(Command.of(text.toString())));
    assertFails(Errno.E2BIG, () -> Exec.replace(Command.of("/bin/true", "x".repeat(1 << 20))));
    assertThat(Signals.ofThread()).isEqualTo(before);
    assertThat(before.blocked()).isNotEmpty();
  }

  @Test
  void warm_changesNothing() throws IOException {
    Signals before = Signals.ofThread();
    Exec.warm();
    assertThat(Signals.ofThread()).isEqualTo(before);
  }

  @Test
  void replace_startsTheOtherProgramInThisProcess() throws LinuxException {
    try (Fd memfd = Memfd.create("carried")) {
      ChildJvm.Outcome outcome =
          new ChildJvm().descriptor(memfd, 5).run(ReplaceMain.class, "plain");
      assertThat(outcome.output().lines())
          .contains(
              "same process",
              "FOO=bär",
              "5 -> /memfd:carried (deleted)",
              "blocked 0000000000000000")
          .noneMatch(line -> line.contains("/lib/modules"))
          .noneMatch(line -> line.contains("hook"));
      assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(7));
    }
  }

  @Test
  void replace_fromAVirtualThread() throws LinuxException {
    ChildJvm.Outcome outcome = new ChildJvm().run(ReplaceMain.class, "virtual");
    assertThat(outcome.output().lines()).contains("same process", "blocked 0000000000000000");
    assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(7));
  }

  @Test
  void replace_resetsWhatIsIgnored() throws LinuxException {
    assertThat(runIgnoring("plain").output().lines()).contains("ignored 0000000000000000");
  }

  @Test
  void replace_keepsWhatIsToStayIgnored() throws LinuxException {
    assertThat(runIgnoring("keep").output().lines()).contains("ignored 0000000000000001");
  }

  @Test
  void replace_thatFails_putsWhatIsIgnoredBack() throws LinuxException {
    ChildJvm.Outcome outcome = runIgnoring("fail");
    assertThat(outcome.output()).contains("ignored before true, after true, blocked alike true");
  }

  /**
   * Starts the JVM from a shell that ignores SIGHUP and SIGWINCH, as {@code nohup} does with the
   * first.
   */
  private static ChildJvm.Outcome runIgnoring(String mode) throws LinuxException {
    ChildJvm child = new ChildJvm();
    StringBuilder script = new StringBuilder("trap '' HUP WINCH; exec");
    for (String word : child.command(ReplaceMain.class, mode)) {
      script.append(" '").append(word).append('\'');
    }
    return child.run(Command.of("/bin/sh", "-c", script.toString()));
  }

  /**
   * Replaces itself by a shell that tells what it finds. It reads its status by itself: while a
   * shell starts a command, it may block all signals.
   */
  public static final class ReplaceMain {
    private static final String SCRIPT =
        """
        [ $$ = "$OLD_PID" ] && echo same process
        echo FOO=$FOO
        cd /proc/$$/fd; for n in *; do echo "$n -> $(readlink $n)"; done
        while read key value; do
          case $key in SigBlk:) echo blocked $value;; SigIgn:) echo ignored $value;; esac
        done < /proc/$$/status
        exit 7
        """;

    private ReplaceMain() {}

    public static void main(String[] arguments) throws Exception {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      Environment environment =
          Environment.inherited()
              .with("FOO", "bär")
              .with("OLD_PID", Long.toString(ProcessHandle.current().pid()));
      Command command = Command.of("/bin/sh", "-c", SCRIPT).in(environment);
      Exec.warm();
      CloseRange.closeOnExec(3, CloseRange.LAST);
      keep(5);
      switch (arguments[0]) {
        case "plain" -> Exec.replace(command);
        case "keep" -> Exec.replace(command, Set.of(Signal.HUP));
        case "virtual" -> Thread.ofVirtual().start(() -> replace(command)).join();
        default -> fail();
      }
    }

    /**
     * What a test has passed on; other tests pass nothing, and the number may be one of the JVM's
     * own.
     */
    private static void keep(int number) throws IOException {
      for (OpenDescriptor open : OpenDescriptor.list()) {
        if (open.number() == number && open.kind() == FdKind.MEMFD) {
          Fd.borrow(number).closeOnExec(false);
        }
      }
    }

    private static void replace(Command command) {
      try {
        Exec.replace(command);
      } catch (LinuxException failure) {
        throw new AssertionError(failure);
      }
    }

    private static void fail() throws IOException {
      Signals before = Signals.ofThread();
      try {
        Exec.replace(Command.of("/nonexistent"));
      } catch (LinuxException expected) {
        Signals after = Signals.ofThread();
        System.out.println(
            "ignored before "
                + before.ignored().contains(Signal.HUP)
                + ", after "
                + after.ignored().equals(before.ignored())
                + ", blocked alike "
                + after.blocked().equals(before.blocked()));
      }
    }
  }
}
