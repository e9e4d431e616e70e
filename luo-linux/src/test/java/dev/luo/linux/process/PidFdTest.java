// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.ChildJvm;
import dev.luo.linux.Clock;
import dev.luo.linux.Descriptors;
import dev.luo.linux.Errno;
import dev.luo.linux.EventFd;
import dev.luo.linux.FailureAssertions;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class PidFdTest {
  private static PidFd sleeper() throws LinuxException {
    return Spawn.of(Command.of("/bin/sleep", "1000")).start();
  }

  @Test
  void send_thenReap() throws LinuxException {
    try (PidFd child = sleeper()) {
      assertThat(child.hasEnded()).isFalse();
      assertThat(child.reap()).isEmpty();
      assertThat(child.awaitEnd(System.nanoTime())).isFalse();
      child.send(Signal.TERM);
      assertThat(child.awaitEnd(Clock.NEVER)).isTrue();
      assertThat(child.hasEnded()).isTrue();
      assertThat(child.reap()).hasValue(new ExitStatus.Killed(Signal.TERM, false));
      assertFails(Errno.ECHILD, child::reap);
      assertFails(Errno.ECHILD, child::awaitStatus);
      assertFails(Errno.ESRCH, () -> child.send(Signal.TERM));
    }
  }

  @Test
  void awaitStatus_waits() throws LinuxException {
    try (PidFd child = Spawn.of(Command.of("/bin/sh", "-c", "exit 42")).start()) {
      ExitStatus status = child.awaitStatus();
      assertThat(status).isEqualTo(new ExitStatus.Exited(42));
      assertThat(status.isSuccess()).isFalse();
    }
  }

  @Test
  void open_ofAnotherProcess() throws LinuxException {
    try (PidFd child = sleeper();
        PidFd again = PidFd.open(child.pid().orElseThrow())) {
      again.send(Signal.KILL);
      assertThat(again.awaitStatus()).isEqualTo(new ExitStatus.Killed(Signal.KILL, false));
      assertThat(child.hasEnded()).isTrue();
    }
  }

  @Test
  void open_ofNobody() {
    assertFails(Errno.ESRCH, () -> PidFd.open(4_000_000));
  }

  @Test
  void awaitEnd_ofSomebodyWhoIsNoChild() throws LinuxException {
    try (PidFd self = PidFd.open(ProcessHandle.current().pid())) {
      assertThat(self.awaitEnd(System.nanoTime() + 1_000_000)).isFalse();
      assertFails(Errno.ECHILD, self::reap);
    }
  }

  @Test
  void adopt_tellsTheNumber() throws LinuxException {
    try (PidFd self = PidFd.open(ProcessHandle.current().pid());
        PidFd adopted = PidFd.adopt(self.fd().duplicate())) {
      assertThat(adopted.pid()).hasValue(ProcessHandle.current().pid());
      assertThat(adopted.toString()).contains(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void adopt_ofOneThatHasEnded() throws LinuxException {
    try (PidFd child = Spawn.of(Command.of("/bin/true")).start()) {
      child.awaitStatus();
      try (PidFd adopted = PidFd.adopt(child.fd().duplicate())) {
        assertThat(adopted.pid()).isEmpty();
        assertThat(adopted.hasEnded()).isTrue();
        assertThat(adopted.toString()).contains("unknown");
      }
    }
  }

  @Test
  void everything_onADescriptorThatHasGone() throws LinuxException {
    try (PidFd self = PidFd.open(ProcessHandle.current().pid())) {
      Fd number = self.fd().duplicate();
      try (PidFd adopted = PidFd.adopt(Fd.borrow(number.number()))) {
        number.close();
        assertFails(Errno.EBADF, adopted::hasEnded);
        assertFails(Errno.EBADF, () -> adopted.awaitEnd(Clock.NEVER));
        assertFails(Errno.EBADF, () -> adopted.send(Signal.CONT));
        assertFails(Errno.EBADF, adopted::reap);
        assertFails(Errno.EBADF, adopted::awaitStatus);
        assertFails(Errno.EBADF, () -> adopted.descriptor(0));
      }
    }
  }

  @Test
  void adopt_ofSomethingElse_leavesItToItsOwner() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      assertFails(Errno.EINVAL, () -> PidFd.adopt(event));
      assertThat(event.isOpen()).isTrue();
    }
    assertFails(Errno.EBADF, () -> PidFd.adopt(Descriptors.notOpen()));
  }

  @Test
  void descriptor_isFetchedFromTheOther() throws LinuxException {
    try (Fd memfd = Memfd.create("theirs");
        PidFd child = Spawn.of(Command.of("/bin/sleep", "1000")).descriptor(memfd, 9).start()) {
      try (Fd fetched = child.descriptor(9)) {
        assertThat(fetched.sameFile(memfd)).isTrue();
        assertThat(fetched.closeOnExec()).isTrue();
        assertThat(memfd.sameFile(child.pid().orElseThrow(), 9)).isTrue();
        assertThat(memfd.sameFile(child.pid().orElseThrow(), 0)).isFalse();
      }
      assertFails(Errno.EBADF, () -> child.descriptor(99));
      child.send(Signal.KILL);
      child.awaitStatus();
      assertFails(Errno.ESRCH, () -> child.descriptor(9));
    }
  }

  @Test
  void descriptor_withoutTheRight() throws IOException {
    String setpriv = "/usr/bin/setpriv";
    Facilities.require("setpriv", Files.isExecutable(Path.of(setpriv)), "no " + setpriv);
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    Facilities.require("root", root, "only root can become somebody else");
    long self = ProcessHandle.current().pid();
    ChildJvm child = new ChildJvm();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--reuid=65534",
                "--clear-groups",
                // The classes may lie where only root can read.
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search",
                "--securebits=+no_setuid_fixup",
                "--"));
    arguments.addAll(child.command(WithoutRightMain.class, Long.toString(self)));
    assertThat(child.run(Command.of(setpriv, arguments.toArray(String[]::new))).output())
        .contains("pidfd_getfd needs Linux 5.6 and ptrace rights over the process")
        .contains(
            "comparing open files needs F_DUPFD_QUERY (Linux 6.10) or kcmp with ptrace rights")
        .contains("pidfd_send_signal", "EPERM");
  }

  /** Somebody who may not look into the process that it is given. */
  public static final class WithoutRightMain {
    /** Has no effect, should it arrive. */
    private static final Signal WINDOW_CHANGED = new Signal(28);

    private WithoutRightMain() {}

    public static void main(String[] arguments) throws LinuxException {
      long pid = Long.parseLong(arguments[0]);
      try (PidFd other = PidFd.open(pid)) {
        tell(() -> other.descriptor(0).close());
        tell(() -> Fd.borrow(0).sameFile(pid, 0));
        tell(() -> other.send(WINDOW_CHANGED));
      }
    }

    private static void tell(FailureAssertions.Call call) {
      try {
        call.run();
        System.out.println("no failure");
      } catch (Throwable failure) {
        System.out.println(failure);
      }
    }
  }

  @Test
  void open_withoutRoom() throws Exception {
    assertFails(Errno.ESRCH, () -> PidFd.open(4_000_000));
    PidFd.open(ProcessHandle.current().pid()).close();
    Descriptors.withRoomFor(
        0, () -> assertFails(Errno.EMFILE, () -> PidFd.open(ProcessHandle.current().pid())));
  }
}
