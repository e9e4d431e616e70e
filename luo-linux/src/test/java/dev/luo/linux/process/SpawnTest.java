// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.linux.Clock;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NoDescriptorLeaks
class SpawnTest {
  private static final Pattern ENTRY = Pattern.compile("\\d+ -> .*");

  @Test
  void start_passesArgumentsAndEnvironment() throws LinuxException {
    Command command =
        new Command(
            "/bin/sh",
            List.of("shell", "-c", "echo \"$0|$1|$FOO\"; exit 3", "zero", "größer"),
            Environment.empty().with("FOO", "bär"));
    try (Fd output = Memfd.create("output");
        PidFd child = Spawn.of(command).descriptor(output, 1).start()) {
      assertThat(child.pid()).isPresent();
      assertThat(child.awaitEnd(Clock.NEVER)).isTrue();
      assertThat(child.awaitStatus()).isEqualTo(new ExitStatus.Exited(3));
      assertThat(contents(output)).isEqualTo("zero|größer|bär\n");
    }
  }

  @Test
  void start_passesExactlyTheNamedDescriptors() throws LinuxException {
    try (Fd inheritable = Memfd.create("must not be passed");
        Fd high = inheritable.duplicate(300)) {
      inheritable.closeOnExec(false);
      high.closeOnExec(false);
      try (Fd one = Memfd.create("one");
          Fd two = Memfd.create("two")) {
        assertThat(listIn(Spawn.of(list()).descriptor(one, 7).descriptor(two, 40)))
            .contains("7 -> /memfd:one (deleted)", "40 -> /memfd:two (deleted)")
            .noneMatch(line -> line.contains("must not be passed"))
            .hasSize(5);
      }
    }
  }

  @Test
  void start_withNumbersThatTradePlaces() throws LinuxException {
    try (Fd one = Memfd.create("one");
        Fd two = Memfd.create("two")) {
      Spawn spawn =
          Spawn.of(list())
              .descriptor(one, two.number())
              .descriptor(two, one.number())
              .descriptor(one, 50);
      assertThat(listIn(spawn))
          .contains(
              two.number() + " -> /memfd:one (deleted)",
              one.number() + " -> /memfd:two (deleted)",
              "50 -> /memfd:one (deleted)");
    }
  }

  @Test
  void start_withANumberThatIsTheSameThere() throws LinuxException {
    try (Fd one = Memfd.create("one")) {
      assertThat(one.closeOnExec()).isTrue();
      assertThat(listIn(Spawn.of(list()).descriptor(one, one.number())))
          .contains(one.number() + " -> /memfd:one (deleted)");
      assertThat(one.closeOnExec()).isTrue();
    }
  }

  @Test
  void start_withoutDescriptors_passesTheStreamsOnly() throws LinuxException {
    assertThat(listIn(Spawn.of(list()))).hasSize(3);
  }

  @Test
  void start_leavesNoSignalBlockedOrIgnored() throws LinuxException {
    Command command = Command.of("/bin/grep", "-E", "Sig(Blk|Ign):\\s0*$", "/proc/self/status");
    try (Fd output = Memfd.create("output");
        PidFd child = Spawn.of(command).descriptor(output, 1).start()) {
      child.awaitStatus();
      assertThat(contents(output).lines()).hasSize(2);
    }
  }

  @Test
  void start_inAnotherDirectory(@TempDir Path folder) throws LinuxException {
    Command command = Command.of("/bin/pwd");
    try (Fd output = Memfd.create("output");
        PidFd child =
            Spawn.of(command).descriptor(output, 1).directory(folder.toString()).start()) {
      child.awaitStatus();
      assertThat(contents(output)).isEqualTo(folder + "\n");
    }
  }

  @Test
  void start_inANewSession() throws IOException {
    Command command = Command.of("/bin/sh", "-c", "exec cut -d' ' -f1,6 /proc/self/stat");
    try (Fd output = Memfd.create("output");
        PidFd child = Spawn.of(command).descriptor(output, 1).newSession().start()) {
      child.awaitStatus();
      long pid = child.pid().orElseThrow();
      assertThat(contents(output)).isEqualTo(pid + " " + pid + "\n");
    }
  }

  @Test
  void start_ofWhatCannotBeExecuted(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "x");
    assertFails(Errno.ENOENT, () -> start(Command.of("/nonexistent")));
    assertFails(Errno.EACCES, () -> start(Command.of(text.toString())));
    assertThat(text.toFile().setExecutable(true)).isTrue();
    assertFails(Errno.ENOEXEC, () -> start(Command.of(text.toString())));
    assertFails(
        Errno.ENOENT, () -> Spawn.of(Command.of("/bin/true")).directory("/nonexistent").start());
    assertFails(Errno.E2BIG, () -> start(Command.of("/bin/true", "x".repeat(1 << 20))));
  }

  @Test
  void start_withADescriptorThatIsClosed() throws LinuxException {
    Fd closed = Memfd.create("closed");
    Spawn spawn =
        Spawn.of(Command.of("/bin/true")).descriptor(Fd.borrow(0), 5).descriptor(closed, 6);
    closed.close();
    assertThatIllegalStateException().isThrownBy(spawn::start);
    assertThatIllegalArgumentException().isThrownBy(() -> spawn.descriptor(closed, 6));
    assertThatIllegalArgumentException().isThrownBy(() -> spawn.descriptor(closed, -1));
  }

  private static void start(Command command) throws LinuxException {
    Spawn.of(command).start().close();
  }

  private static Command list() {
    return Command.of("/bin/ls", "-l", "/proc/self/fd");
  }

  /** Numbers and targets, without the descriptor by which they are listed. */
  private static List<String> listIn(Spawn spawn) throws LinuxException {
    try (Fd output = Memfd.create("output");
        PidFd child = spawn.descriptor(output, 1).start()) {
      assertThat(child.awaitStatus().isSuccess()).isTrue();
      return ENTRY
          .matcher(contents(output))
          .results()
          .map(MatchResult::group)
          .filter(entry -> !entry.endsWith("/fd"))
          .toList();
    }
  }

  private static String contents(Fd file) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(FileIo.size(file));
      FileIo.pread(file, bytes, 0);
      return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }
  }
}
