// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.process.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replaces real processes. */
final class ExecUpdateIT {
  private static final ExitStatus WELL = new ExitStatus.Exited(0);

  /** Tells everything about the shell that runs it, by means that open nothing there. */
  private static final String REPORT =
      """
      echo self=$$
      ls -l /proc/$$/fd
      while read -r key value; do
        case $key in Sig*|Shd*) echo $key=$value;; esac
      done < /proc/$$/status
      echo "extra=$EXTRA"
      echo "handover=$LUO_HANDOVER"
      """;

  @TempDir Path folder;

  @Test
  void run_threeGenerations() throws IOException {
    ChildJvm.Result result =
        ChildJvm.run(
            ChildJvm.command(GenerationsProgram.class, "a b", "", "ü"),
            Map.of("LUO_DRY_START", "left over"));

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("generation")).containsExactly("1", "2", "3");
    assertThat(result.values("pid")).hasSize(3);
    assertThat(result.values("pid").stream().distinct()).hasSize(1);
    assertThat(result.values("arguments").stream().distinct()).hasSize(1);
    assertThat(result.values("variables"))
        .containsExactly("[LUO_DRY_START]", "[LUO_HANDOVER]", "[LUO_HANDOVER]");
    assertThat(result.values("extra")).containsExactly("null", "after 1", "after 2");
    assertThat(result.values("before")).containsExactly("1", "2");
    assertThat(result.values("counter")).containsExactly("3");
    assertThat(result.output()).doesNotContain("dry,");
  }

  @Test
  void run_onlyWhatIsCarriedCrosses() throws IOException {
    ChildJvm.Result result = exec("plain", "/bin/sh", "-c", REPORT);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("self")).isEqualTo(result.values("pid"));
    String handover = result.values("handover").getFirst();
    String image = handover.substring(0, handover.indexOf(':'));
    assertThat(openFrom3(result.output()))
        .containsExactlyInAnyOrder(
            result.values("memfd").getFirst() + " -> /memfd:carried (deleted)",
            result.values("event").getFirst() + " -> anon_inode:[eventfd]",
            image + " -> /memfd:luo-image (deleted)");
    assertThat(handover)
        .isEqualTo(
            image
                + ":"
                + result.values("pid").getFirst()
                + ":"
                + Long.toHexString(FakeState.NONCE));
    assertThat(result.output()).contains("extra=a=b\nc\n");
    assertThat(result.values("hook")).containsExactly("called", "called");
  }

  private static List<String> openFrom3(String listing) {
    return Pattern.compile("[0-9]+ -> .*")
        .matcher(listing)
        .results()
        .map(MatchResult::group)
        .filter(link -> !link.matches("[012] -> .*"))
        .toList();
  }

  @Test
  void run_signalsAreAsForANewProgram() throws IOException {
    // As under nohup, and as a careless parent leaves them.
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c"));
    command.add("trap '' HUP USR1 PIPE; exec \"$@\"");
    command.add("sh");
    command.addAll(ChildJvm.command(ExecProgram.class, "plain", "/bin/sh", "-c", REPORT));

    ChildJvm.Result result = ChildJvm.run(command, Map.of());

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("SigBlk:")).containsExactly("0000000000000000");
    assertThat(result.values("ShdPnd:")).containsExactly("0000000000000000");
    assertThat(result.values("SigIgn:")).containsExactly("0000000000000001");
  }

  @ParameterizedTest
  @CsvSource({
    "plain, /no/such/interpreter, ENOENT",
    "inheritable, /no/such/interpreter, ENOENT",
    "plain, /etc/passwd, EACCES",
    "too-long, /bin/true, E2BIG",
  })
  void run_execFails(String how, String interpreter, String errno) throws IOException {
    ChildJvm.Result result = exec(how, script("#!" + interpreter + "\n"));

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("failure")).containsExactly("ExecFailedException");
    assertThat(result.values("errno")).containsExactly(errno);
    assertThat(result.values("calls")).containsExactly("[freeze, depart, thaw]");
    assertThat(result.values("flags")).containsExactly("same");
    assertThat(result.values("signals")).containsExactly("true");
  }

  @Test
  void run_freezeRefused() throws IOException {
    ChildJvm.Result result = exec("refusing", "/bin/sh", "-c", REPORT);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("failure")).containsExactly("LuoException");
    assertThat(result.values("errno")).containsExactly("EBUSY");
    assertThat(result.values("calls")).containsExactly("[freeze]");
    assertThat(result.values("flags")).containsExactly("same");
  }

  @Test
  void run_freezeTakesTooLong() throws IOException {
    ChildJvm.Result result = exec("impatient", "/bin/sh", "-c", REPORT);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("failure")).containsExactly("FreezeRefusedException");
    assertThat(result.values("calls")).containsExactly("[freeze, thaw]");
    assertThat(result.values("flags")).containsExactly("same");
  }

  @ParameterizedTest
  @CsvSource({"stalled, '[]'", "stalled-later, '[freeze, depart, thaw]'"})
  void run_aStreamHasStalled(String how, String calls) throws IOException {
    ChildJvm.Result result = exec(how, "/bin/sh", "-c", REPORT);

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("failure")).containsExactly("FreezeRefusedException");
    assertThat(result.values("calls")).containsExactly(calls);
    assertThat(result.values("flags")).containsExactly("same");
  }

  @Test
  void run_dryStartSaysNo() throws IOException {
    ChildJvm.Result result = exec("dry", "/bin/sh", "-c", "echo I know no luo; exit 3");

    assertThat(result.status()).as(result.output()).isEqualTo(WELL);
    assertThat(result.values("failure")).containsExactly("SuccessorRefusedException");
    assertThat(result.values("errno")).containsExactly("ECHILD");
    assertThat(result.values("calls")).containsExactly("[demands]");
    assertThat(result.values("flags")).containsExactly("same");
    assertThat(result.values("children")).containsExactly("0");
  }

  @Test
  void run_noSuchProgram() throws IOException {
    ChildJvm.Result result = exec("dry", folder.resolve("missing").toString());

    assertThat(result.values("failure")).containsExactly("SuccessorRefusedException");
    assertThat(result.values("errno")).containsExactly("ENOENT");
    assertThat(result.values("calls")).containsExactly("[]");
  }

  private String script(String text) throws IOException {
    Path path = Files.writeString(folder.resolve("script"), text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    return path.toString();
  }

  private static ChildJvm.Result exec(String how, String... successor) throws IOException {
    String[] arguments = new String[successor.length + 1];
    arguments[0] = how;
    System.arraycopy(successor, 0, arguments, 1, successor.length);
    return ChildJvm.run(ChildJvm.command(ExecProgram.class, arguments), Map.of());
  }
}
