// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.Linkage;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An open file descriptor.
 *
 * <p>An <em>owner</em> closes the descriptor when it is closed; if there are several, made by
 * {@link #share}, the last one does. A <em>view</em>, made by {@link #lend} or {@link #borrow},
 * lets somebody use the descriptor for a while: closing the view ends the view only, and closing
 * the lender ends its views. Nothing is ever closed by the garbage collector: an owner that is
 * dropped unclosed is a leak, which {@link DescriptorLeaks} can find.
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

  private static final int OPEN = 0;
  private static final int CLOSED = 1;
  private static final int RELEASED = 2;

  private final OwnedNumber descriptor;
  private final boolean owner;

  /** Whose view this is, or null if it is not a view of another {@code Fd}. */
  private final @Nullable Fd lender;

  private final AtomicInteger state = new AtomicInteger(OPEN);
  private final DescriptorLeaks.@Nullable Tracking tracking;

  private Fd(OwnedNumber descriptor, boolean owner, @Nullable Fd lender) {
    this.descriptor = descriptor;
    this.owner = owner;
    this.lender = lender;
    this.tracking = owner ? DescriptorLeaks.track(this, descriptor.number()) : null;
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
    return new Fd(OwnedNumber.ours(checked(number)), true, null);
  }

  /**
   * Makes a view of a descriptor that somebody outside this module owns, such as a standard stream.
   *
   * <p>It is for the caller to know how long the number stays what it is.
   *
   * @param number the number of the descriptor
   * @return the view
   * @throws IllegalArgumentException if the number is negative
   */
  public static Fd borrow(int number) {
    return new Fd(OwnedNumber.foreign(checked(number)), false, null);
  }

  private static int checked(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("no descriptor has the number " + number);
    }
    return number;
  }

  /**
   * Tells the number, for a moment: whoever may meet a concurrent {@link #close} uses {@link
   * #hold}.
   *
   * @return the number
   * @throws IllegalStateException if it is closed, released, or a view whose lender is
   */
  public int number() {
    if (!isOpen()) {
      throw ended();
    }
    return descriptor.number();
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
    if (!descriptor.use()) {
      throw ended();
    }
    if (!isOpen()) {
      descriptor.unuse();
      throw ended();
    }
    return new Hold(descriptor);
  }

  /**
   * Tells whether it can be used.
   *
   * @return false once it has been closed or released, or, for a view, its lender has
   */
  public boolean isOpen() {
    return state.get() == OPEN && (lender == null || lender.isOpen());
  }

  /**
   * Tells whether closing it may close the descriptor.
   *
   * @return false for a view
   */
  public boolean isOwned() {
    return owner;
  }

  /**
   * Makes another descriptor of the same open file description, close-on-exec and above the
   * standard streams.
   *
   * @return the new one, owned
   * @throws LinuxException EMFILE if the process has as many as it may
   */
  public Fd duplicate() throws LinuxException {
    return duplicate(FIRST_FREE);
  }

  /**
   * Makes another descriptor of the same open file description, close-on-exec, with the lowest free
   * number from a given one on.
   *
   * @param lowest the lowest number it may have
   * @return the new one, owned
   * @throws LinuxException EMFILE if the process has as many as it may, EINVAL if it may have none
   *     that high
   */
  public Fd duplicate(int lowest) throws LinuxException {
    return adopt(Fcntl.F_DUPFD_CLOEXEC.on(this, lowest));
  }

  /**
   * Makes a view that does not own the descriptor.
   *
   * @return the view; it ends when it is closed, and when this one is
   * @throws IllegalStateException if this one has ended
   */
  public Fd lend() {
    if (!isOpen()) {
      throw ended();
    }
    return new Fd(descriptor, false, this);
  }

  /**
   * Makes another owner of the same descriptor, which is closed when the last of its owners is.
   *
   * <p>Unlike {@link #duplicate} it needs no system call and no further number; close-on-exec and
   * the number itself are common to all owners.
   *
   * @return an owner, to be closed like this one
   * @throws IllegalStateException if this one has ended, or is a view and has nothing to share
   */
  public Fd share() {
    requireOwner();
    if (!descriptor.share()) {
      throw ended();
    }
    if (!isOpen()) {
      descriptor.disown();
      throw ended();
    }
    return new Fd(descriptor, true, null);
  }

  /**
   * Gives the ownership up and leaves the descriptor open. Views of it end.
   *
   * @return the number, which now belongs to the caller
   * @throws IllegalStateException if it has ended, has {@linkplain #share other owners}, or is a
   *     view and has nothing to give up
   */
  public int release() {
    requireOwner();
    if (!state.compareAndSet(OPEN, RELEASED)) {
      throw ended();
    }
    if (!descriptor.release()) {
      state.set(OPEN);
      throw new IllegalStateException("descriptor " + descriptor.number() + " has other owners");
    }
    settle();
    return descriptor.number();
  }

  private void requireOwner() {
    if (!owner) {
      throw new IllegalStateException(
          "a view of descriptor " + descriptor.number() + " does not own it");
    }
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
    if (state.compareAndSet(OPEN, CLOSED) && owner) {
      settle();
      descriptor.disown();
    }
  }

  private void settle() {
    if (tracking != null) {
      tracking.settle();
    }
  }

  private IllegalStateException ended() {
    String what = owner ? "descriptor " : "view of descriptor ";
    String how = state.get() == RELEASED ? " has been released" : " is closed";
    return new IllegalStateException(what + descriptor.number() + how);
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
      if (Linkage.isUp()) {
        return FileStatus.readIdentity(held.number());
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
   * Tells whether a descriptor of another process shares this one's open file description.
   *
   * @param pid the number of the process
   * @param number the number of the descriptor there
   * @return true if it does
   * @throws UnavailableException if the kernel lacks kcmp, or this process the right to trace the
   *     other
   * @throws LinuxException EBADF if a number is not open, ESRCH if there is no such process
   */
  public boolean sameFile(long pid, int number) throws LinuxException {
    try (Hold mine = hold()) {
      long self = ProcessHandle.current().pid();
      return OpenFileDescriptions.sameByKcmp(self, mine.number(), pid, number);
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
    if (Linkage.isUp()) {
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
      return "fd " + descriptor.number() + " (closed)";
    }
    return Descriptions.describe(descriptor.number());
  }

  /**
   * Shows number and ownership, without asking the kernel anything.
   *
   * @return such as {@code "Fd[7]"}
   */
  @Override
  public String toString() {
    return "Fd[" + descriptor.number() + (owner ? "" : ", view") + (isOpen() ? "]" : ", closed]");
  }

  /** Keeps a descriptor number valid for the length of a call. */
  public static final class Hold implements AutoCloseable {
    private final OwnedNumber descriptor;
    private boolean dropped;

    private Hold(OwnedNumber descriptor) {
      this.descriptor = descriptor;
    }

    /**
     * Tells the number.
     *
     * @return the number, valid until the hold is closed
     */
    public int number() {
      return descriptor.number();
    }

    /**
     * Lets go. Closes the descriptor if its {@code Fd} has been closed meanwhile and nobody else
     * holds it.
     */
    @Override
    public void close() {
      if (!dropped) {
        dropped = true;
        descriptor.unuse();
      }
    }
  }
}
