// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.luo.core.Successor;
import dev.luo.core.SuccessorRefusedException;
import dev.luo.core.SuccessorRefusedException.Phase;
import dev.luo.core.SuccessorRefusedException.Reason;
import dev.luo.core.internal.handover.ChildJvm;
import dev.luo.core.internal.handover.program.CommandFinder;
import dev.luo.linux.Errno;
import dev.luo.linux.OpenDescriptor;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.Environment;
import dev.luo.spi.Compatible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tries real programs. After each test no process is left and no descriptor open. */
final class DryStartTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;

  private List<OpenDescriptor> openBefore = List.of();

  @BeforeEach
  void look() throws IOException {
    // The first use of the linker opens what stays open.
    assertThat(catchThrowableOfType(SuccessorRefusedException.class, () -> tryOut("/bin/true")))
        .isNotNull();
    openBefore = openPipes();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    assertThat(ProcessHandle.current().children()).isEmpty();
    assertThat(openPipes()).isEqualTo(openBefore);
  }

  private static List<OpenDescriptor> openPipes() throws IOException {
    return OpenDescriptor.list().stream()
        .filter(open -> open.target().startsWith("pipe:") || open.target().contains("pidfd"))
        .toList();
  }

  @Test
  void describe_aProgramThatOpensLuo() throws Exception {
    SuccessorDescription description = DryStart.describe(program("describe"), LONG);

    assertThat(description.protocol()).isEqualTo(SuccessorDescription.PROTOCOL);
    assertThat(description.javaVersion()).isEqualTo(Runtime.version().toString());
    assertThat(description.imageAbis()).containsExactlyInAnyOrder("luo-v1", "luo-v5");
    assertThat(description.accepts()).containsExactly(Compatible.of("memfd-user-v1"));
    assertThat(description.limits()).containsEntry("sessions", 7L);
    assertThat(description.limits().get("descriptors")).isPositive();
    assertThat(description.program()).contains("2.1");
  }

  @Test
  void describe_aProgramWithMuchToSay() throws Exception {
    assertThat(DryStart.describe(program("chatter"), LONG).protocol()).isEqualTo(1);
  }

  @Test
  void check_aProgramThatHasEverything() throws Exception {
    DryStart.check(
        program("describe"),
        LONG,
        new Demands("luo-v5", Set.of(Compatible.of("memfd-user-v1")), Map.of("sessions", 7L)));
  }

  @Test
  void check_aProgramThatLacksSomething() {
    Demands demands =
        new Demands("luo-v6", Set.of(Compatible.of("ring-v1")), Map.of("sessions", 8L));

    SuccessorRefusedException refused =
        catchThrowableOfType(
            SuccessorRefusedException.class,
            () -> DryStart.check(program("describe"), LONG, demands));

    assertRefused(refused, Reason.INCOMPATIBLE, Errno.ENOENT, "it lacks: a reader");
    assertThat(refused.missing())
        .containsExactly(
            "a reader of images of form luo-v6 (it reads [luo-v1, luo-v5])",
            "a handler that accepts ring-v1",
            "room for 8 sessions (it takes 7)");
  }

  @Test
  void describe_aProgramThatEndsWell() {
    SuccessorRefusedException refused = refusalOf(LONG, "/bin/true");

    assertRefused(refused, Reason.ENDED, Errno.ECHILD, "ended before it opened luo");
    assertThat(refused.ending()).isEqualTo("exited with status 0");
    assertThat(refused.output()).isEmpty();
  }

  @Test
  void describe_aProgramThatEndsBadly() {
    SuccessorRefusedException refused = refusalOf(LONG, "/bin/false");

    assertRefused(refused, Reason.ENDED, Errno.ECHILD, "(it exited with status 1)");
  }

  @Test
  void describe_aProgramThatCrashes() {
    SuccessorRefusedException refused = refusalOf(LONG, program("crash"));

    assertRefused(refused, Reason.ENDED, Errno.ECHILD, "the configuration is broken");
    assertThat(refused.output()).contains("IllegalStateException", "DescribingProgram.main");
    assertThat(refused.ending()).isEqualTo("exited with status 1");
  }

  @Test
  void describe_aJvmThatCannotStart() {
    // What the JVM says then goes to its standard output.
    SuccessorRefusedException refused =
        refusalOf(LONG, ChildJvm.command(DescribingProgram.class).getFirst(), "-Xmx1");

    assertRefused(refused, Reason.ENDED, Errno.ECHILD, "Error occurred during initialization");
  }

  @Test
  void describe_aProgramThatIsKilled() throws IOException {
    SuccessorRefusedException refused = refusalOf(LONG, script("#!/bin/sh\nkill -SEGV $$\n"));

    assertRefused(refused, Reason.ENDED, Errno.ECHILD, "(it was killed by SIGSEGV)");
  }

  @Test
  void describe_aScriptThatSleeps() throws IOException {
    SuccessorRefusedException refused =
        refusalOf(SHORT, script("#!/bin/sh\necho going to sleep\nexec sleep 1000\n"));

    assertRefused(refused, Reason.SILENT, Errno.ETIMEDOUT, "did not open luo within 300 ms");
    assertThat(refused.ending()).isEqualTo("was killed by SIGKILL");
  }

  @Test
  void describe_aScriptWithASleepingChild() throws IOException {
    SuccessorRefusedException refused =
        refusalOf(SHORT, script("#!/bin/sh\nsleep 1000\necho done\n"));

    assertRefused(refused, Reason.SILENT, Errno.ETIMEDOUT, "did not open luo");
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void describe_aProgramThatHangs() {
    SuccessorRefusedException refused = refusalOf(SHORT, program("hang"));

    assertRefused(refused, Reason.SILENT, Errno.ETIMEDOUT, "did not open luo");
  }

  @Test
  void describe_aProgramThatAnswersNonsense() {
    SuccessorRefusedException refused = refusalOf(LONG, program("garble"));

    assertRefused(refused, Reason.GARBLED, Errno.EPROTO, "it breaks off");
    assertThat(refused.ending()).isEqualTo("exited with status 3");
  }

  @Test
  void describe_aProgramThatDiesWhileAnswering() {
    assertRefused(refusalOf(LONG, program("hurry")), Reason.GARBLED, Errno.EPROTO, "breaks off");
  }

  @Test
  void describe_aProgramThatAnswersWithoutEnd() {
    assertRefused(refusalOf(LONG, program("flood")), Reason.GARBLED, Errno.EPROTO, "too long");
  }

  @Test
  void describe_aScriptThatAnswersNonsenseAndItsEnd() throws IOException {
    SuccessorRefusedException refused =
        refusalOf(LONG, script("#!/bin/sh\nprintf 'good morning\\nend\\n' >&3\n"));

    assertRefused(refused, Reason.GARBLED, Errno.EPROTO, "does not begin as an answer does");
  }

  @Test
  void describe_aProgramThatCannotOpenLuo() {
    assertRefused(
        refusalOf(LONG, program("refuse")), Reason.NOT_OPENED, Errno.EINVAL, "handlers quarrel");
  }

  @Test
  void describe_aScriptThatDoesNotExec() throws IOException {
    String java = String.join("' '", ChildJvm.command(DescribingProgram.class, "describe"));

    SuccessorRefusedException refused =
        refusalOf(LONG, script("#!/bin/sh\n'" + java + "'\nexit 0\n"));

    assertRefused(refused, Reason.ANOTHER_PROCESS, Errno.ESRCH, "a script has to exec it");
  }

  @Test
  void describe_aScriptThatExecs() throws Exception {
    String java = String.join("' '", ChildJvm.command(DescribingProgram.class, "describe"));
    Command script = script("#!/bin/sh\nexec '" + java + "'\n");

    assertThat(DryStart.describe(script, LONG).protocol()).isEqualTo(1);
  }

  @Test
  void describe_aScriptThatClosesDescriptors() throws IOException {
    String java = String.join("' '", ChildJvm.command(DescribingProgram.class, "describe"));

    SuccessorRefusedException refused =
        refusalOf(LONG, script("#!/bin/sh\nexec 3>&-\nexec '" + java + "'\n"));

    assertRefused(refused, Reason.ENDED, Errno.ECHILD, "has closed descriptor 3");
    assertThat(refused.ending()).isEqualTo("exited with status 1");
  }

  @Test
  void describe_standardInputIsEmpty() {
    assertThat(refusalOf(LONG, program("read")).output()).contains("standard input has 0 bytes");
  }

  @Test
  void describe_missingInterpreter() throws IOException {
    assertRefused(
        refusalOf(LONG, script("#! /no/such/interpreter -x\n")),
        Reason.NOT_STARTED,
        Errno.ENOENT,
        "its interpreter /no/such/interpreter does not exist");
  }

  @Test
  void describe_noInterpreter() throws IOException {
    assertRefused(
        refusalOf(LONG, script("echo no first line\n")),
        Reason.NOT_STARTED,
        Errno.ENOEXEC,
        "neither a binary of this machine nor a script");
  }

  @Test
  void describe_tooManyArguments() throws Exception {
    Command command =
        CommandFinder.of(Successor.ofCommand("/bin/true", "x".repeat(1 << 20)))
            .in(Environment.empty());

    assertRefused(
        refusalOf(LONG, command), Reason.NOT_STARTED, Errno.E2BIG, "Argument list too long");
  }

  @Test
  void describe_onlyTheEndOfTheOutputIsKept() throws IOException {
    SuccessorRefusedException refused =
        refusalOf(LONG, script("#!/bin/sh\nseq 1 100000\necho the last line\n"));

    assertThat(refused.output()).startsWith("[…] ").endsWith("100000\nthe last line\n");
    assertThat(refused.output()).hasSizeLessThan(10_000);
  }

  private static Command program(String mode) {
    try {
      return CommandFinder.of(Successor.ofCommand(ChildJvm.command(DescribingProgram.class, mode)));
    } catch (SuccessorRefusedException failure) {
      throw new AssertionError(failure);
    }
  }

  private Command script(String text) throws IOException {
    Path path = Files.writeString(folder.resolve("script"), text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    return Command.of(path.toString());
  }

  private static void tryOut(String... command) throws SuccessorRefusedException {
    DryStart.describe(CommandFinder.of(Successor.ofCommand(List.of(command))), LONG);
  }

  private static SuccessorRefusedException refusalOf(Duration patience, String... command) {
    return catchThrowableOfType(
        SuccessorRefusedException.class,
        () -> DryStart.describe(CommandFinder.of(Successor.ofCommand(List.of(command))), patience));
  }

  private static SuccessorRefusedException refusalOf(Duration patience, Command command) {
    return catchThrowableOfType(
        SuccessorRefusedException.class, () -> DryStart.describe(command, patience));
  }

  private static void assertRefused(
      SuccessorRefusedException refused, Reason reason, Errno errno, String message) {
    assertThat(refused).isNotNull().hasMessageContaining(message);
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.errno()).isEqualTo(errno);
    assertThat(refused.reason().phase()).isIn(Phase.START, Phase.DESCRIBE, Phase.COMPARE);
  }
}
