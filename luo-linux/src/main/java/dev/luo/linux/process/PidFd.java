// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Poll;
import dev.luo.linux.UnavailableException;
import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A process, held by a descriptor.
 *
 * <p>The descriptor means this process for good: when it has ended and its number has gone to
 * another one, the calls here answer ESRCH rather than reach the other one. Closing it has no
 * effect on the process.
 *
 * <p>Thread-safe.
 */
public final class PidFd implements AutoCloseable {
  private static final int P_PIDFD = 3;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int CLD_EXITED = 1;
  private static final int CLD_DUMPED = 3;
  private static final int SIGINFO_SIZE = 128;

  private final Fd fd;
  private final OptionalLong pid;

  private PidFd(Fd fd, OptionalLong pid) {
    this.fd = fd;
    this.pid = pid;
  }

  /**
   * Takes hold of a process by its number.
   *
   * <p>Whether the number still means the process one has in mind is for the caller to know; it
   * does for a child that has not been waited for.
   *
   * @param pid the number
   * @return the process
   * @throws LinuxException ESRCH if there is no such process, EMFILE if this one has as many
   *     descriptors as it may
   */
  public static PidFd open(long pid) throws LinuxException {
    long result = Kernel.call(Syscall.PIDFD_OPEN, pid, 0);
    if (result < 0) {
      throw new LinuxException(Errno.ofResult(result), "pidfd_open", "pid=" + pid);
    }
    return new PidFd(Fd.adopt((int) result), OptionalLong.of(pid));
  }

  /**
   * Takes ownership of a descriptor of a process. If the method fails, it stays with its owner.
   *
   * @param fd the descriptor, from now on closed by this
   * @return the process
   * @throws LinuxException EINVAL if it is no descriptor of a process, EBADF if the number is not
   *     open
   */
  public static PidFd adopt(Fd fd) throws LinuxException {
    if (fd.kind() != FdKind.PIDFD) {
      throw new LinuxException(Errno.EINVAL, "pidfd", fd.describe());
    }
    return new PidFd(fd, pidOf(fd));
  }

  private static OptionalLong pidOf(Fd fd) throws LinuxException {
    try (Fd.Hold held = fd.hold()) {
      Path info = Path.of("/proc/self/fdinfo/" + held.number());
      for (String line : Files.readAllLines(info, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("Pid:")) {
          long pid = Long.parseLong(line.substring("Pid:".length()).strip());
          return pid > 0 ? OptionalLong.of(pid) : OptionalLong.empty();
        }
      }
      return OptionalLong.empty();
    } catch (LinuxException failure) {
      throw failure;
    } catch (IOException failure) {
      LinuxException exception = new LinuxException(Errno.EIO, "read fdinfo", fd.describe());
      exception.initCause(failure);
      throw exception;
    }
  }

  /**
   * Gives access to the descriptor.
   *
   * @return the descriptor, which this owns
   */
  public Fd fd() {
    return fd;
  }

  /**
   * Tells the number the process had when it was taken hold of.
   *
   * @return the number; empty if it had ended already or lives where this process cannot see it
   */
  public OptionalLong pid() {
    return pid;
  }

  /**
   * Tells whether the process has ended, be it waited for or not.
   *
   * @return true if it has
   * @throws LinuxException EBADF if the number is not open
   */
  public boolean hasEnded() throws LinuxException {
    return Poll.awaitReadable(fd, System.nanoTime());
  }

  /**
   * Waits until the process has ended. It may be any process, not a child only.
   *
   * @param deadlineNanos until when, on {@link dev.luo.linux.Clock#MONOTONIC}, or {@link
   *     dev.luo.linux.Clock#NEVER}
   * @return false if the deadline has passed
   * @throws LinuxException EBADF if the number is not open
   */
  public boolean awaitEnd(long deadlineNanos) throws LinuxException {
    return Poll.awaitReadable(fd, deadlineNanos);
  }

  /**
   * Sends a signal.
   *
   * @param signal the signal
   * @throws LinuxException ESRCH if the process has ended and been waited for, EPERM if it is none
   *     of ours
   */
  public void send(Signal signal) throws LinuxException {
    try (Fd.Hold held = fd.hold()) {
      long result = Kernel.call(Syscall.PIDFD_SEND_SIGNAL, held.number(), signal.number(), 0, 0);
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result),
            "pidfd_send_signal",
            "fd=" + held.number(),
            "pid=" + pidText(),
            "signal=" + signal);
      }
    }
  }

  /**
   * Asks how a child ended, and lets the kernel forget it. Answered once.
   *
   * @return how it ended; empty if it has not
   * @throws LinuxException ECHILD if it is no child of this process or has been waited for already
   */
  public Optional<ExitStatus> reap() throws LinuxException {
    return wait(WEXITED | WNOHANG);
  }

  /**
   * Waits until a child has ended, without limit, and lets the kernel forget it. Answered once.
   *
   * @return how it ended
   * @throws LinuxException ECHILD if it is no child of this process or has been waited for already
   */
  public ExitStatus awaitStatus() throws LinuxException {
    while (true) {
      Optional<ExitStatus> status = wait(WEXITED);
      if (status.isPresent()) {
        return status.get();
      }
    }
  }

  private Optional<ExitStatus> wait(int options) throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = fd.hold()) {
      MemorySegment info = arena.allocate(SIGINFO_SIZE, 8);
      long result;
      do {
        result = Kernel.call(Syscall.WAITID, P_PIDFD, held.number(), info.address(), options, 0);
      } while (Kernel.interrupted(result));
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result),
            "waitid",
            "idtype=P_PIDFD",
            "fd=" + held.number(),
            "pid=" + pidText());
      }
      int signal = info.get(ValueLayout.JAVA_INT, 0);
      return signal == 0 ? Optional.empty() : Optional.of(decode(info));
    }
  }

  private static ExitStatus decode(MemorySegment info) {
    int code = info.get(ValueLayout.JAVA_INT, 8);
    int status = info.get(ValueLayout.JAVA_INT, 24);
    return code == CLD_EXITED
        ? new ExitStatus.Exited(status)
        : new ExitStatus.Killed(new Signal(status), code == CLD_DUMPED);
  }

  /**
   * Duplicates a descriptor of the process into this one, close-on-exec.
   *
   * @param number its number there
   * @return the duplicate, owned
   * @throws UnavailableException if the kernel lacks the call (Linux 5.6) or this process the right
   *     to trace the other
   * @throws LinuxException EBADF if it has no such descriptor, ESRCH if it has ended
   */
  public Fd descriptor(int number) throws LinuxException {
    try (Fd.Hold held = fd.hold()) {
      long result = Kernel.call(Syscall.PIDFD_GETFD, held.number(), number, 0);
      if (result >= 0) {
        return Fd.adopt((int) result);
      }
      Errno errno = Errno.ofResult(result);
      String[] arguments = {"fd=" + held.number(), "pid=" + pidText(), "target=" + number};
      if (errno.equals(Errno.EPERM) || errno.equals(Errno.ENOSYS)) {
        throw new UnavailableException(
            "pidfd_getfd needs Linux 5.6 and ptrace rights over the process",
            errno,
            "pidfd_getfd",
            arguments);
      }
      throw new LinuxException(errno, "pidfd_getfd", arguments);
    }
  }

  private String pidText() {
    return pid.isPresent() ? Long.toString(pid.getAsLong()) : "unknown";
  }

  /** Lets go of the process, which goes on. Closing again has no effect. */
  @Override
  public void close() {
    fd.close();
  }

  /**
   * Shows the numbers of process and descriptor.
   *
   * @return such as {@code "PidFd[pid 4711, Fd[7]]"}
   */
  @Override
  public String toString() {
    return "PidFd[pid " + pidText() + ", " + fd + "]";
  }
}
