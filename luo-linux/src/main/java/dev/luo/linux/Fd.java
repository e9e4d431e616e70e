// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An open file descriptor.
 *
 * <p>An <em>owned</em> one closes its descriptor when it is closed. A <em>view</em>, made by {@link
 * #lend}, lets somebody use the descriptor for a while: closing the view ends the view only, and
 * closing the lender ends its views. Nothing is ever closed by the garbage collector: an owned
 * {@code Fd} that is dropped unclosed is a leak, which {@link DescriptorLeaks} can find.
 *
 * <p>Thread-safe. The number of a closed descriptor may be given to another file at once, so a call
 * that is under way while another thread closes the {@code Fd} must not lose its descriptor: all
 * operations of this module {@link #hold} it, and close waits for none of them but lets the last
 * one close the number.
 *
 * <p>{@link #adopt}, {@link #number}, {@link #kind}, {@link #identity}, {@link #statusFlags} and
 * {@link Mapping#map(Fd, long, MapFlag...)} need no foreign linker, which takes tens of
 * milliseconds to come up in a fresh JVM.
 */
public final class Fd implements AutoCloseable {
  private static final int FD_CLOEXEC = 1;

  /** The standard streams end below this. */
  private static final int FIRST_FREE = 3;

  private static final int CLOSED = 1 << 30;
  private static final int RELEASED = 1 << 29;
  private static final int ENDED = CLOSED | RELEASED;

  private final int number;

  /** Whose view this is, or null if it owns the descriptor. */
  private final @Nullable Fd lender;

  /** What keeps the number of a fellow owner open, or null if this one was the first. */
  private final @Nullable Hold shared;

  /** How many hold it, and in the upper bits whether and how it has ended. */
  private final AtomicInteger state = new AtomicInteger();

  private final DescriptorLeaks.@Nullable Tracking tracking;

  private Fd(int number, @Nullable Fd lender, @Nullable Hold shared) {
    this.number = number;
    this.lender = lender;
    this.shared = shared;
    this.tracking = lender == null ? DescriptorLeaks.track(this, number) : null;
  }

  /**
   * Takes ownership of an open descriptor.
   *
   * <p>Whether it is open is not checked; the first use shows it. Nobody else may close it from now
   * on.
   *
   * @param number the number of the descriptor
   * @return the owner
   * @throws IllegalArgumentException if the number is negative
   */
  public static Fd adopt(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("no descriptor has the number " + number);
    }
    return new Fd(number, null, null);
  }

  /**
   * Tells the number, for a moment: whoever may meet a concurrent {@link #close} uses {@link
   * #hold}.
   *
   * @return the number
   * @throws IllegalStateException if it is closed, released, or a view whose lender is
   */
  public int number() {
    int now = state.get();
    if ((now & ENDED) != 0) {
      throw ended(now);
    }
    return lender == null ? number : lender.number();
  }

  /**
   * Keeps the number valid until the hold is closed, whatever other threads do.
   *
   * <p>If the {@code Fd} is closed meanwhile, it counts as closed at once, and the descriptor is
   * closed with the last hold.
   *
   * @return the hold, to be closed soon, by the thread that took it
   * @throws IllegalStateException if it is closed, released, or a view whose lender is
   */
  public Hold hold() {
    if (lender != null) {
      int now = state.get();
      if ((now & ENDED) != 0) {
        throw ended(now);
      }
      return lender.hold();
    }
    while (true) {
      int now = state.get();
      if ((now & ENDED) != 0) {
        throw ended(now);
      }
      if (state.compareAndSet(now, now + 1)) {
        return new Hold(this);
      }
    }
  }

  private void drop() {
    if (state.decrementAndGet() == CLOSED) {
      closeNumber();
    }
  }

  /**
   * Tells whether it can be used.
   *
   * @return false once it has been closed or released, or, for a view, its lender has
   */
  public boolean isOpen() {
    return (state.get() & ENDED) == 0 && (lender == null || lender.isOpen());
  }

  /**
   * Tells whether closing it closes the descriptor.
   *
   * @return false for a view
   */
  public boolean isOwned() {
    return lender == null;
  }

  /**
   * Makes another descriptor of the same open file description, close-on-exec and above the
   * standard streams.
   *
   * @return the new one, owned
   * @throws LinuxException EMFILE if the process has as many as it may
   */
  public Fd duplicate() throws LinuxException {
    return adopt(Fcntl.F_DUPFD_CLOEXEC.on(this, FIRST_FREE));
  }

  /**
   * Makes a view that does not own the descriptor.
   *
   * @return the view; it ends when it is closed, and when this one is
   * @throws IllegalStateException if this one has ended
   */
  public Fd lend() {
    return new Fd(number(), this, null);
  }

  /**
   * Makes another owner of the same descriptor, which is closed when the last of its owners is.
   *
   * <p>Unlike {@link #duplicate} it needs no system call and no further number; close-on-exec and
   * the number itself are common to all owners.
   *
   * @return an owner, to be closed like this one; it cannot be {@linkplain #release released}
   * @throws IllegalStateException if this one has ended
   */
  public Fd share() {
    return new Fd(number, null, hold());
  }

  /**
   * Gives the ownership up and leaves the descriptor open. Views of it end.
   *
   * @return the number, which now belongs to the caller
   * @throws IllegalStateException if it has ended, is a view and has nothing to give up, or is a
   *     {@linkplain #share further owner}
   */
  public int release() {
    if (lender != null) {
      throw new IllegalStateException("a view of descriptor " + number + " does not own it");
    }
    if (shared != null) {
      throw new IllegalStateException("descriptor " + number + " has other owners");
    }
    end(RELEASED, true);
    return number;
  }

  /**
   * Closes the descriptor, or ends the view. Closing again has no effect.
   *
   * <p>If a call holds it at the moment, the descriptor is closed when that call returns. What the
   * kernel reports while closing goes to the log {@code dev.luo.linux}: the descriptor is gone in
   * any case. The first close in a JVM brings up the foreign linker unless something else has.
   */
  @Override
  public void close() {
    if (end(CLOSED, false) == CLOSED && lender == null) {
      closeNumber();
    }
  }

  /** Marks the end, and answers the state that results, or 0 if it had ended before. */
  private int end(int how, boolean must) {
    while (true) {
      int now = state.get();
      if ((now & ENDED) != 0) {
        if (must) {
          throw ended(now);
        }
        return 0;
      }
      if (state.compareAndSet(now, now | how)) {
        if (tracking != null) {
          tracking.settle();
        }
        return now | how;
      }
    }
  }

  private void closeNumber() {
    if (shared != null) {
      shared.close();
      return;
    }
    long result = Kernel.call(Syscall.CLOSE, number);
    if (result < 0) {
      // EBADF means that somebody else closed a number that was ours: a defect that is worth
      // knowing about.
      Logger log = System.getLogger("dev.luo.linux");
      log.log(Level.WARNING, "close(fd=" + number + "): " + Errno.ofResult(result));
    }
  }

  private IllegalStateException ended(int how) {
    String what = lender == null ? "descriptor " : "view of descriptor ";
    return new IllegalStateException(
        what + number + ((how & CLOSED) != 0 ? " is closed" : " has been released"));
  }

  /**
   * Tells what it refers to.
   *
   * @return the kind
   * @throws LinuxException EBADF if the number is not open
   */
  public FdKind kind() throws LinuxException {
    try (Hold held = hold()) {
      int fd = held.number();
      try {
        ProcFs.Attributes attributes = ProcFs.attributes(fd);
        return FdKind.of(ProcFs.target(fd), attributes.mode(), attributes.links());
      } catch (IOException failure) {
        throw cannotInspect(fd, failure);
      }
    }
  }

  /**
   * Names what it refers to, as /proc does.
   *
   * @return such as {@code "/memfd:ram (deleted)"}, {@code "socket:[4711]"}, {@code
   *     "anon_inode:[eventfd]"} or a path
   * @throws LinuxException EBADF if the number is not open
   */
  public String target() throws LinuxException {
    try (Hold held = hold()) {
      try {
        return ProcFs.target(held.number());
      } catch (IOException failure) {
        throw cannotInspect(held.number(), failure);
      }
    }
  }

  /**
   * Tells which inode it refers to.
   *
   * @return the identity, equal for all descriptors of one inode
   * @throws LinuxException EBADF if the number is not open
   */
  public FileIdentity identity() throws LinuxException {
    try (Hold held = hold()) {
      if (Kernel.isLinked()) {
        return FileStatus.read(held.number()).identity();
      }
      try {
        ProcFs.Attributes attributes = ProcFs.attributes(held.number());
        return new FileIdentity(attributes.device(), attributes.inode());
      } catch (IOException failure) {
        throw cannotInspect(held.number(), failure);
      }
    }
  }

  /**
   * Tells whether two descriptors share one open file description, so that they share position and
   * flags.
   *
   * @param other the other descriptor
   * @return true if they do
   * @throws UnavailableException if the kernel offers no way to tell: F_DUPFD_QUERY came with Linux
   *     6.10, and kcmp may be missing or forbidden
   * @throws LinuxException EBADF if a number is not open
   */
  public boolean sameFile(Fd other) throws LinuxException {
    if (!identity().equals(other.identity())) {
      return false;
    }
    try (Hold mine = hold();
        Hold theirs = other.hold()) {
      return OpenFileDescriptions.same(mine.number(), theirs.number());
    }
  }

  /**
   * Tells whether the descriptor is closed when the process executes another program.
   *
   * @return true if it is
   * @throws LinuxException EBADF if the number is not open
   */
  public boolean closeOnExec() throws LinuxException {
    return (Fcntl.F_GETFD.on(this, 0) & FD_CLOEXEC) != 0;
  }

  /**
   * Decides whether the descriptor is closed when the process executes another program.
   *
   * @param closeOnExec whether it is
   * @throws LinuxException EBADF if the number is not open
   */
  public void closeOnExec(boolean closeOnExec) throws LinuxException {
    Fcntl.F_SETFD.on(this, closeOnExec ? FD_CLOEXEC : 0);
  }

  /**
   * Tells how the file was opened.
   *
   * @return the flags of the open file description
   * @throws LinuxException EBADF if the number is not open
   */
  public StatusFlags statusFlags() throws LinuxException {
    if (Kernel.isLinked()) {
      return new StatusFlags(Fcntl.F_GETFL.on(this, 0));
    }
    try (Hold held = hold()) {
      try {
        long flags = ProcFs.infoNumber(held.number(), "flags", 8).orElse(0);
        return new StatusFlags((int) flags & ~OpenFlag.CLOSE_ON_EXEC);
      } catch (IOException failure) {
        throw cannotInspect(held.number(), failure);
      }
    }
  }

  /**
   * Changes flags of the open file description, for all who share it.
   *
   * @param flags what to set; only {@link OpenFlag#APPEND}, {@link OpenFlag#DIRECT}, {@link
   *     OpenFlag#NO_ACCESS_TIME} and {@link OpenFlag#NON_BLOCKING} can be changed, the others are
   *     ignored
   * @throws LinuxException EBADF if the number is not open, EPERM if append must stay
   */
  public void statusFlags(StatusFlags flags) throws LinuxException {
    Fcntl.F_SETFL.on(this, flags.bits());
  }

  /** Finds out why /proc would not tell: nearly always because the number is not open. */
  static LinuxException cannotInspect(int number, IOException failure) {
    long result = Fcntl.F_GETFD.call(number, 0);
    LinuxException exception =
        result < 0
            ? Fcntl.F_GETFD.failure(result, number, 0)
            : new UnavailableException(
                "/proc cannot be read", Errno.ENOENT, "readlink", "path=/proc/self/fd/" + number);
    exception.initCause(failure);
    return exception;
  }

  /**
   * Describes it for a message. Never throws: what cannot be found out is left out.
   *
   * @return such as {@code fd 7 (memfd "ram", 4096 bytes)}
   */
  public String describe() {
    if (!isOpen()) {
      return "fd " + number + " (closed)";
    }
    return Descriptions.describe(number);
  }

  /**
   * Shows number and ownership, without asking the kernel anything.
   *
   * @return such as {@code "Fd[7]"}
   */
  @Override
  public String toString() {
    return "Fd[" + number + (lender == null ? "" : ", view") + (isOpen() ? "]" : ", closed]");
  }

  /** Keeps a descriptor number valid for the length of a call. */
  public static final class Hold implements AutoCloseable {
    private final Fd fd;
    private boolean dropped;

    private Hold(Fd fd) {
      this.fd = fd;
    }

    /**
     * Tells the number.
     *
     * @return the number, valid until the hold is closed
     */
    public int number() {
      return fd.number;
    }

    /**
     * Lets go. Closes the descriptor if its {@code Fd} has been closed meanwhile and nobody else
     * holds it.
     */
    @Override
    public void close() {
      if (!dropped) {
        dropped = true;
        fd.drop();
      }
    }
  }
}
