// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import dev.luo.linux.process.ExitStatus;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Updates under a guardian, with real processes. Each test reads what they write until nobody holds
 * the stream any more: a process that is left over makes it hang, and fail.
 */
final class GuardianIT {
  /** What a JVM needs to start and stand the guardian down, and far more. */
  private static final int LONG = 60_000;

  private static final int SHORT = 50;

  private static final ExitStatus WELL = new ExitStatus.Exited(0);
  private static final ExitStatus KILLED = new ExitStatus.Killed(Signal.KILL, false);

  @TempDir Path folder;

  @Test
  void goodUpdate_standsTheGuardianDown() throws IOException {
    ChildJvm.Result result = run("succeeds", 3, LONG);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("second")).isEqualTo(result.values("first"));
    assertThat(result.values("guarded")).containsExactly("1");
    assertThat(result.values("left")).containsExactly("0");
    assertThat(result.values("back")).isEmpty();
    assertThat(result.values("retrieved")).isEqualTo(result.values("numbers"));
    assertThat(result.values("variables")).containsExactly("[LUO_HANDOVER, LUO_GUARDIAN]");
    assertThat(result.values("strange")).containsExactly("[]");
    assertThat(result.values("wrong")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dies", "is-killed", "not-java", "killed-in-depart"})
  void nobodyResumes_theOldProgramComesBack(String fate) throws IOException {
    ChildJvm.Result result = run(fate, 3, LONG);

    assertThat(result.status()).as(result.output()).isNotEqualTo(WELL);
    assertCameBack(result);
    assertThat(result.values("claimed")).containsExactly("false");
  }

  @Test
  void successorDiesAfterItClaimed_theOldProgramSeesIt() throws IOException {
    ChildJvm.Result result = run("claims-and-dies", 3, LONG);

    assertCameBack(result);
    assertThat(result.values("claimed")).containsExactly("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hangs", "hangs-without-link"})
  void successorHangs_isKilledFirst(String fate) throws IOException {
    ChildJvm.Result result = run(fate, 3, SHORT);

    assertThat(result.status()).as(result.output()).isEqualTo(KILLED);
    assertCameBack(result);
    assertThat(result.output()).contains("luo guardian: process ", " was not done in time");
  }

  @Test
  void manyDescriptors_keepTheirNumbers() throws IOException {
    ChildJvm.Result result = run("dies", 600, LONG);

    assertCameBack(result);
  }

  @ParameterizedTest
  @ValueSource(strings = {"killed-in-start", "killed-in-freeze"})
  void predecessorIsKilledBeforeArming_nothingIsLeft(String fate) throws IOException {
    ChildJvm.Result result = run(fate, 3, LONG);

    assertThat(result.status()).as(result.output()).isEqualTo(KILLED);
    assertThat(result.values("second")).isEmpty();
    assertThat(result.values("back")).isEmpty();
  }

  @Test
  void predecessorIsKilledInTheDryStart_nothingIsLeft() throws IOException {
    ChildJvm.Result result = run("killed-in-dry-start", 3, LONG);

    assertThat(result.status()).as(result.output()).isEqualTo(KILLED);
    // Its output went to the predecessor, so that it has ended does not show by ours.
    long child = Long.parseLong(result.values("child").getFirst());
    try (PidFd tried = PidFd.open(child)) {
      assertThat(tried.awaitEnd(System.nanoTime() + Duration.ofMinutes(1).toNanos())).isTrue();
    } catch (LinuxException ended) {
      assertThat(ended.errno()).isEqualTo(Errno.ESRCH);
    }
  }

  @Test
  void guardianCannotStart_theUpdateIsRefused() throws IOException {
    ChildJvm.Result result = run("no-launcher", 3, LONG);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("failure")).containsExactly("SuccessorRefusedException");
    assertThat(result.values("calls")).containsExactly("[demands]");
    assertThat(result.values("left")).containsExactly("0");
  }

  @Test
  void guardianDiesBeforeItIsArmed_theUpdateIsRefused() throws IOException {
    ChildJvm.Result result = run("guardian-dies-in-freeze", 3, LONG);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("failure")).containsExactly("SuccessorRefusedException");
    assertThat(result.values("calls")).containsExactly("[demands, freeze, demands, thaw]");
    assertThat(result.values("left")).containsExactly("0");
  }

  @Test
  void freezeRefused_theGuardianIsDismissed() throws IOException {
    ChildJvm.Result result = run("refused", 3, LONG);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("failure")).containsExactly("LuoException");
    assertThat(result.values("calls")).containsExactly("[demands, freeze]");
    assertThat(result.values("left")).containsExactly("0");
  }

  @Test
  void execFails_theGuardianIsDismissedBeforeTheThaw() throws IOException {
    ChildJvm.Result result = run("no-exec", 3, LONG);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("failure")).containsExactly("ExecFailedException");
    assertThat(result.values("errno")).containsExactly("ENOENT");
    assertThat(result.values("calls")).containsExactly("[freeze, depart, thaw]");
    assertThat(result.values("children")).containsExactly("0");
    assertThat(result.values("left")).containsExactly("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"guardian-is-dead", "guardian-is-stopped"})
  void guardianIsGone_theUpdateGoesOn(String fate) throws IOException {
    ChildJvm.Result result = run(fate, 3, LONG);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("left")).containsExactly("0");
    assertThat(result.values("retrieved")).isEqualTo(result.values("numbers"));
  }

  private static void assertCameBack(ChildJvm.Result result) {
    assertThat(result.values("back")).as(result.output()).hasSize(1);
    assertThat(result.values("back")).doesNotContainAnyElementsOf(result.values("first"));
    assertThat(result.values("alone")).doesNotContain("false");
    assertThat(result.values("nonce")).containsExactly("true");
    assertThat(result.values("retrieved")).isEqualTo(result.values("numbers"));
    assertThat(result.values("wrong")).isEmpty();
    assertThat(result.values("strange")).containsExactly("[]");
    assertThat(result.values("variables")).containsExactly("[LUO_HANDOVER]");
    assertThat(result.values("options")).containsExactly("-Dluo.test=1");
  }

  private ChildJvm.Result run(String fate, int descriptors, int patienceMillis) throws IOException {
    Path lock = folder.resolve("lock");
    if (fate.equals("no-exec")) {
      makeScriptWithoutInterpreter(lock);
    }
    return ChildJvm.run(
        command(fate, descriptors, patienceMillis), Map.of("JDK_JAVA_OPTIONS", "-Dluo.test=1"));
  }

  private List<String> command(String fate, int descriptors, int patienceMillis) {
    return ChildJvm.command(
        GuardedProgram.class,
        fate,
        Integer.toString(descriptors),
        Integer.toString(patienceMillis),
        folder.resolve("lock").toString());
  }

  private static void makeScriptWithoutInterpreter(Path path) throws IOException {
    Files.writeString(path, "#!/no/such/interpreter\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }
}
