// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.luo.core.CheckReport.FileCheck;
import dev.luo.core.CheckReport.LimitCheck;
import dev.luo.core.CheckReport.SharedCheck;
import dev.luo.core.CheckReport.Verdict;
import dev.luo.core.SuccessorRefusedException.Reason;
import dev.luo.core.internal.handover.ChildJvm;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks real programs whether they could take over. */
class CheckIT {

  private final List<String> calls = new ArrayList<>();
  private final List<String> quiescing = new ArrayList<>();
  private LiveUpdate luo;
  private OutgoingSession session;

  @BeforeEach
  void open() throws Exception {
    ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
    luo =
        InProcessHandover.open(
            TwoStages.options(handler).quiescer(new RecordingQuiescer(quiescing)));
    session = luo.createSession("s");
    TwoStages.preserve(session, 1);
    try (Fd memfd = Memfds.containing(2)) {
      session.preserve(Token.of(2), memfd, Importance.OPTIONAL, Attachment.NONE);
    }
    calls.clear();
  }

  @AfterEach
  void nothingWasPausedOrFrozen() {
    assertThat(quiescing).isEmpty();
    assertThat(calls).isEmpty();
    luo.close();
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  private static Successor program(String kind) {
    return Successor.ofCommand(ChildJvm.command(CheckedProgram.class, kind));
  }

  @Test
  void check_aProgramThatCanTakeOver() throws Exception {
    CheckReport report = luo.check(program("fit"));

    assertThat(report.isFit()).isTrue();
    assertThat(report.lost()).isEmpty();
    assertThat(report.files())
        .containsExactly(
            file(1, Importance.MANDATORY, Verdict.CROSSES, ""),
            file(2, Importance.OPTIONAL, Verdict.CROSSES, ""));
    assertThat(report.successor().program()).contains("2.1");
    assertThat(report.successor().javaVersion()).isEqualTo(Runtime.version().toString());
    assertThat(report.limits()).extracting(LimitCheck::name).contains("descriptors", "files");
    assertThat(report.limits()).allMatch(LimitCheck::fits);
    assertThat(report.longestBlackout()).isEmpty();
    assertThat(report.toString()).startsWith("can take over; 2 files");
    assertThat(report.toJson())
        .startsWith("{\"fit\":true,\"missing\":[],")
        .contains("\"verdict\":\"CROSSES\"");
  }

  private static FileCheck file(long token, Importance importance, Verdict verdict, String why) {
    Compatible compatible = Compatible.of("scripted-memfd-v1");
    return new FileCheck("s", Token.of(token), compatible, importance, verdict, why);
  }

  @Test
  void check_aProgramWithoutTheHandler() throws Exception {
    CheckReport report = luo.check(program("no-handler"));

    String why = "a handler that accepts scripted-memfd-v1";
    assertThat(report.isFit()).isFalse();
    assertThat(report.missing()).containsExactly(why);
    assertThat(report.lost())
        .containsExactly(file(2, Importance.OPTIONAL, Verdict.NO_HANDLER, why));
    assertThat(report.toString())
        .startsWith(
            "an update would be refused for " + why + "; 2 files, 1 of them optional and lost");
    assertUpdateIsRefusedFor("no-handler", report.missing());
  }

  @Test
  void check_aProgramOfAnotherVersion() throws Exception {
    CheckReport report = luo.check(program("other-version"));

    assertThat(report.files())
        .extracting(FileCheck::verdict)
        .containsExactly(Verdict.UNREADABLE_FORMAT, Verdict.UNREADABLE_FORMAT);
    assertThat(report.missing())
        .containsExactly(
            "a handler that accepts scripted-memfd-v1 (it accepts [scripted-memfd-v2])");
    assertUpdateIsRefusedFor("other-version", report.missing());
  }

  /** By the same words, as it is the same code. */
  private void assertUpdateIsRefusedFor(String kind, List<String> missing) {
    SuccessorRefusedException refused =
        catchThrowableOfType(SuccessorRefusedException.class, () -> luo.update(program(kind)));
    assertThat(refused.reason()).isEqualTo(Reason.INCOMPATIBLE);
    assertThat(refused.missing()).isEqualTo(missing);
    assertThat(luo.refusedUpdate().orElseThrow().phase("dry-start")).isPresent();
  }

  @Test
  void check_aProgramWithoutWhatIsOptional() throws Exception {
    session.unpreserve(Token.of(1));
    calls.clear();

    CheckReport report = luo.check(program("no-handler"));

    assertThat(report.isFit()).isTrue();
    assertThat(report.lost()).extracting(FileCheck::token).containsExactly(Token.of(2));
  }

  @Test
  void check_aProgramWithoutTheSharedStateOfWhatIsOptional() throws Exception {
    CountedState shared = new CountedState("shared-v1", 7, new ArrayList<>());
    ScriptedHandler standing = ScriptedHandler.forMemfds(new ArrayList<>(), shared);
    try (LiveUpdate other = InProcessHandover.open(TwoStages.options(standing));
        Fd memfd = Memfds.containing(1)) {
      OutgoingSession files = other.createSession("s");
      files.preserve(Token.of(1), memfd, Importance.OPTIONAL, Attachment.NONE);

      CheckReport optional = other.check(program("no-handler"));
      assertThat(optional.missing()).isEmpty();
      assertThat(optional.lost()).extracting(FileCheck::token).containsExactly(Token.of(1));
      assertThat(optional.shared())
          .containsExactly(
              new SharedCheck(
                  Compatible.of("shared-v1"),
                  Verdict.NO_HANDLER,
                  "a handler that accepts shared-v1"));
      assertThat(optional.toString()).contains("shared state shared-v1: a handler that accepts");

      TwoStages.preserve(files, 2);
      assertThat(other.check(program("no-handler")).missing())
          .containsExactly(
              "a handler that accepts scripted-memfd-v1", "a handler that accepts shared-v1");
    }
  }

  @Test
  void check_aProgramThatIsBroken() {
    assertThat(refusal(program("broken")).reason()).isEqualTo(Reason.ENDED);
    assertThat(refusal(program("broken")).output()).contains("the configuration is broken");
  }

  @Test
  void check_aProgramThatHangs() {
    Successor hanging = program("hanging").dryStart(Duration.ofSeconds(2));
    assertThat(refusal(hanging).reason()).isEqualTo(Reason.SILENT);
  }

  @Test
  void check_aProgramThatIsNotThere() {
    assertThat(refusal(Successor.ofCommand("/no/such/program")).reason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  private SuccessorRefusedException refusal(Successor successor) {
    return catchThrowableOfType(SuccessorRefusedException.class, () -> luo.check(successor));
  }

  @Test
  void check_whileSessionsAreUsed() throws Exception {
    Thread checking =
        Thread.ofPlatform()
            .start(() -> {
              try {
                luo.check(program("fit"));
              } catch (LuoException e) {
                throw new AssertionError(e);
              }
            });
    // Not one of these waits for the check: it ends long after them.
    for (int token = 100; token < 120; token++) {
      TwoStages.preserve(session, token);
      session.unpreserve(Token.of(token));
    }
    assertThat(checking.join(Duration.ofMinutes(1))).isTrue();
    calls.clear();
  }
}
