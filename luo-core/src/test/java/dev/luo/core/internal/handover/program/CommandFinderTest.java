// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.Successor;
import dev.luo.core.SuccessorRefusedException;
import dev.luo.core.SuccessorRefusedException.Phase;
import dev.luo.core.SuccessorRefusedException.Reason;
import dev.luo.linux.Errno;
import dev.luo.linux.process.Command;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandFinderTest {
  @TempDir Path folder;

  @Test
  void of_sameCommand() throws Exception {
    Command command = CommandFinder.of(Successor.sameCommand());

    String own = Files.readString(Path.of("/proc/self/cmdline"));
    assertThat(String.join("\0", command.arguments()) + "\0").isEqualTo(own);
    assertThat(Files.isSameFile(Path.of(command.path()), Path.of("/proc/self/exe"))).isTrue();
  }

  @Test
  void of_nameInPath() throws Exception {
    Command command = CommandFinder.of(Successor.ofCommand("sh", "-c", "true"));

    assertThat(command.path()).endsWith("/sh").startsWith("/");
    assertThat(command.arguments()).containsExactly("sh", "-c", "true");
  }

  @Test
  void of_nothingOfThatName() {
    assertRefused(
        Reason.NOT_FOUND,
        Errno.ENOENT,
        "there is no program no-such-program in PATH",
        () -> CommandFinder.of(Successor.ofCommand("no-such-program")));
  }

  @Test
  void of_nothingUnderThatPath() {
    Path path = folder.resolve("missing");
    assertRefused(
        Reason.NOT_FOUND,
        Errno.ENOENT,
        "there is no program " + path,
        () -> CommandFinder.of(Successor.ofCommand(path.toString())));
  }

  @Test
  void of_notExecutable() throws IOException {
    Path path = Files.writeString(folder.resolve("text"), "#!/bin/sh\n");
    assertRefused(
        Reason.NOT_EXECUTABLE,
        Errno.EACCES,
        "may not be executed",
        () -> CommandFinder.of(Successor.ofCommand(path.toString())));
  }

  @Test
  void of_directory() {
    assertRefused(
        Reason.NOT_EXECUTABLE,
        Errno.EACCES,
        "is a directory",
        () -> CommandFinder.of(Successor.ofCommand(folder.toString())));
  }

  @Test
  void splitTerminated_keepsEmptyWords() throws Exception {
    assertThat(CommandFinder.splitTerminated(latin1("java\0\0-x\0\0")))
        .containsExactly("java", "", "-x", "");
    assertThat(CommandFinder.splitTerminated(new byte[0])).isEmpty();
  }

  @Test
  void splitTerminated_lastWordWithoutItsEnd() throws Exception {
    assertThat(CommandFinder.splitTerminated(latin1("java\0-x"))).containsExactly("java", "-x");
  }

  @Test
  void splitTerminated_notUtf8() {
    assertThatExceptionOfType(CharacterCodingException.class)
        .isThrownBy(() -> CommandFinder.splitTerminated(latin1("java\0\u00fc\0")));
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void assertRefused(
      Reason reason, Errno errno, String message, ThrowingCallable search) {
    assertThatExceptionOfType(SuccessorRefusedException.class)
        .isThrownBy(search)
        .withMessageContaining(message)
        .satisfies(refused -> {
          assertThat(refused.reason()).isEqualTo(reason);
          assertThat(refused.reason().phase()).isEqualTo(Phase.RESOLVE);
          assertThat(refused.errno()).isEqualTo(errno);
          assertThat(refused.missing()).isEmpty();
          assertThat(refused.ending()).isEmpty();
          assertThat(refused.output()).isEmpty();
        });
  }
}
