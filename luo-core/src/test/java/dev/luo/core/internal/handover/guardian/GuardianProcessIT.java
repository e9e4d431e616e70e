// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.SuccessorRefusedException;
import dev.luo.core.SuccessorRefusedException.Reason;
import dev.luo.core.internal.handover.program.OpenNumbers;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starts guardians that watch the JVM of these tests, so none may ever act. */
final class GuardianProcessIT {
  private static final Command OLD_PROGRAM = Command.of("/bin/false");
  private static final Duration LONG = Duration.ofDays(1);
  private static final long NONCE = 42;

  private static Fd image() throws LinuxException {
    Fd memfd = Memfd.create("image");
    FileIo.truncate(memfd, 8192);
    return memfd;
  }

  @AfterEach
  void nobodyIsLeft() {
    assertThat(ProcessHandle.current().children()).isEmpty();
  }

  @Test
  void dismiss_beforeItIsArmed() throws Exception {
    GuardianProcess guardian = GuardianProcess.start(OLD_PROGRAM, LONG);
    assertThat(ProcessHandle.current().children().map(ProcessHandle::pid))
        .containsExactly(guardian.pid());
    assertThat(guardian.link().closeOnExec()).isTrue();

    guardian.dismiss();
    guardian.dismiss();

    assertThat(guardian.link().isOpen()).isFalse();
  }

  @Test
  void dismiss_armed() throws Exception {
    try (Fd image = image();
        Fd event = EventFd.create(0);
        GuardianProcess guardian = GuardianProcess.start(OLD_PROGRAM, LONG)) {
      guardian.arm(image, NONCE, List.of(event));
      assertThat(ProcessHandle.current().children()).hasSize(1);
    }
  }

  @Test
  void arm_leavesNothingOpenHere() throws Exception {
    try (GuardianProcess first = GuardianProcess.start(OLD_PROGRAM, LONG)) {
      assertThat(first.pid()).isPositive();
    }
    int before = OpenNumbers.list().length;

    try (Fd image = image();
        GuardianProcess guardian = GuardianProcess.start(OLD_PROGRAM, LONG)) {
      guardian.arm(image, NONCE, List.of());
    }

    assertThat(OpenNumbers.list()).hasSize(before);
  }

  @Test
  void arm_oneNumberTwice() throws Exception {
    try (Fd image = image();
        GuardianProcess guardian = GuardianProcess.start(OLD_PROGRAM, LONG)) {
      assertThatExceptionOfType(SuccessorRefusedException.class)
          .isThrownBy(() -> guardian.arm(image, NONCE, List.of(image)))
          .withMessageContaining("two descriptors have the number " + image.number())
          .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_GUARDIAN));
    }
  }

  @Test
  void arm_somethingThatIsNoImage() throws Exception {
    try (Fd empty = Memfd.create("empty");
        GuardianProcess guardian = GuardianProcess.start(OLD_PROGRAM, LONG)) {
      assertThatExceptionOfType(SuccessorRefusedException.class)
          .isThrownBy(() -> guardian.arm(empty, NONCE, List.of()))
          .withMessageContaining("ENXIO");
    }
  }

  @Test
  void arm_aNumberThatTheGuardianUsesItself() throws Exception {
    try (Fd image = image();
        GuardianProcess guardian = GuardianProcess.start(OLD_PROGRAM, LONG);
        // Opened after the guardian, and far beyond what could be foreseen.
        Fd far = image.duplicate(numberOfClassFiles(guardian.pid()))) {
      assertThatExceptionOfType(SuccessorRefusedException.class)
          .isThrownBy(() -> guardian.arm(image, NONCE, List.of(far)))
          .withMessageContaining("needs the number " + far.number() + " itself");
    }
  }

  /** Where a JVM has the classes of the JDK open. */
  private static int numberOfClassFiles(long pid) throws IOException {
    Path table = Path.of("/proc", Long.toString(pid), "fd");
    try (Stream<Path> descriptors = Files.list(table)) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.readSymbolicLink(descriptor).endsWith("lib/modules")) {
          return Integer.parseInt(table.relativize(descriptor).toString());
        }
      }
    }
    throw new AssertionError("process " + pid + " has no classes");
  }

  @Test
  void arm_guardianHasDied() throws Exception {
    try (Fd image = image();
        GuardianProcess guardian = GuardianProcess.start(OLD_PROGRAM, LONG);
        PidFd process = PidFd.open(guardian.pid())) {
      process.send(Signal.KILL);
      assertThat(process.awaitEnd(Long.MAX_VALUE)).isTrue();

      assertThatExceptionOfType(SuccessorRefusedException.class)
          .isThrownBy(() -> guardian.arm(image, NONCE, List.of()))
          .withMessageContaining("the guardian cannot be armed");
    }
  }

  @Test
  void standDown_ofAnotherImage_isNotHeeded() throws Exception {
    try (Fd image = image();
        GuardianProcess guardian = GuardianProcess.start(OLD_PROGRAM, LONG);
        PidFd process = PidFd.open(guardian.pid())) {
      guardian.arm(image, NONCE, List.of());
      GuardianChannel channel = new GuardianChannel(guardian.link());

      channel.send(new GuardianMessage.StandDown(NONCE + 1));
      channel.send(new GuardianMessage.Armed());
      assertThat(process.hasEnded()).isFalse();

      channel.send(new GuardianMessage.StandDown(NONCE));
      assertThat(process.awaitEnd(Long.MAX_VALUE)).isTrue();
    }
  }
}
