// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import dev.luo.linux.Clock;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Poll;
import dev.luo.linux.UnavailableException;
import dev.luo.linux.internal.Kernel;
import dev.luo.linux.internal.Syscall;
import dev.luo.linux.process.PidFd;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Makes sockets, connects them and tells about them. All are close-on-exec. */
public final class Sockets {
  private static final int SOCK_CLOEXEC = 02000000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SO_ERROR = 4;
  private static final int SO_PEERCRED = 17;
  private static final int SO_ACCEPTCONN = 30;
  private static final int SO_PROTOCOL = 38;
  private static final int SO_DOMAIN = 39;
  private static final int SO_PEERPIDFD = 77;
  private static final int SIOCINQ = 0x541b;
  private static final int SIOCOUTQ = 0x5411;

  private Sockets() {}

  /** Which way a connection is shut. */
  public enum Direction {
    /** Nothing more is received. */
    RECEIVING(0),
    /** Nothing more is sent; the other side reads the end. */
    SENDING(1),
    /** Nothing more is sent or received. */
    BOTH(2);

    private final int number;

    Direction(int number) {
      this.number = number;
    }
  }

  /**
   * Creates a socket.
   *
   * @param domain its family of addresses
   * @param type what it keeps of what is sent
   * @return the owner of the new descriptor
   * @throws LinuxException EAFNOSUPPORT, EPROTONOSUPPORT or ESOCKTNOSUPPORT if the kernel has none
   *     such, EMFILE if the process has as many descriptors as it may
   */
  public static Fd create(SocketDomain domain, SocketType type) throws LinuxException {
    long result = Kernel.call(Syscall.SOCKET, domain.number(), type.number() | SOCK_CLOEXEC, 0);
    if (result < 0) {
      throw new LinuxException(
          Errno.ofResult(result), "socket", "domain=" + domain, "type=" + type);
    }
    return Fd.adopt((int) result);
  }

  /**
   * Creates two connected sockets within this machine.
   *
   * @param type what they keep of what is sent
   * @return both
   * @throws LinuxException EMFILE if the process has as many descriptors as it may
   */
  public static SocketPair pair(SocketType type) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(ValueLayout.JAVA_INT, 2);
      int kind = type.number() | SOCK_CLOEXEC;
      long result =
          Kernel.call(Syscall.SOCKETPAIR, SocketDomain.UNIX.number(), kind, 0, both.address());
      if (result < 0) {
        throw new LinuxException(Errno.ofResult(result), "socketpair", "type=" + type);
      }
      return new SocketPair(
          Fd.adopt(both.getAtIndex(ValueLayout.JAVA_INT, 0)),
          Fd.adopt(both.getAtIndex(ValueLayout.JAVA_INT, 1)));
    }
  }

  /**
   * Gives a socket its address.
   *
   * @param socket the socket
   * @param name the address
   * @throws LinuxException EADDRINUSE if another one has it, EADDRNOTAVAIL if it is none of this
   *     machine, EACCES if this process may not have it
   */
  public static void bind(Fd socket, SocketName name) throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = socket.hold()) {
      MemorySegment address = SocketNames.encode(arena, name);
      long result = Kernel.call(Syscall.BIND, held.number(), address.address(), address.byteSize());
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result), "bind", "fd=" + held.number(), "name=" + name);
      }
    }
  }

  /**
   * Lets others connect.
   *
   * @param socket the socket, bound
   * @param backlog how many connections wait to be accepted
   * @throws LinuxException EADDRINUSE, or EOPNOTSUPP if the type knows no connections
   */
  public static void listen(Fd socket, int backlog) throws LinuxException {
    try (Fd.Hold held = socket.hold()) {
      long result = Kernel.call(Syscall.LISTEN, held.number(), backlog);
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result), "listen", "fd=" + held.number(), "backlog=" + backlog);
      }
    }
  }

  /**
   * Takes the next connection, and waits for one unless the socket does not wait.
   *
   * @param socket the socket, listening
   * @return the connection, owned
   * @throws LinuxException EAGAIN if there is none and the socket does not wait, EINVAL if it does
   *     not listen, EMFILE if the process has as many descriptors as it may
   */
  public static Fd accept(Fd socket) throws LinuxException {
    try (Fd.Hold held = socket.hold()) {
      long result;
      do {
        result = Kernel.call(Syscall.ACCEPT4, held.number(), 0, 0, SOCK_CLOEXEC);
      } while (Kernel.interrupted(result));
      if (result < 0) {
        throw new LinuxException(Errno.ofResult(result), "accept4", "fd=" + held.number());
      }
      return Fd.adopt((int) result);
    }
  }

  /**
   * Connects a socket, and waits for it unless the socket does not wait.
   *
   * @param socket the socket
   * @param name whom to connect with
   * @throws LinuxException ECONNREFUSED if nobody listens there, ENOENT if there is no such path,
   *     EINPROGRESS or EAGAIN if it takes time and the socket does not wait, ETIMEDOUT if nobody
   *     answers
   */
  public static void connect(Fd socket, SocketName name) throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = socket.hold()) {
      MemorySegment address = SocketNames.encode(arena, name);
      long result =
          Kernel.call(Syscall.CONNECT, held.number(), address.address(), address.byteSize());
      Optional<Errno> failure = result < 0 ? Optional.of(Errno.ofResult(result)) : Optional.empty();
      if (Kernel.interrupted(result)) {
        // The connection goes on being made, and asking a second time would fail: wait for how it
        // turns out.
        boolean _ = Poll.awaitWritable(socket, Clock.NEVER);
        failure = takeError(socket);
      }
      if (failure.isPresent()) {
        throw new LinuxException(failure.get(), "connect", "fd=" + held.number(), "name=" + name);
      }
    }
  }

  /**
   * Ends a connection one way or both. The descriptor stays open.
   *
   * @param socket the socket
   * @param direction which way
   * @throws LinuxException ENOTCONN if it is not connected
   */
  public static void shutdown(Fd socket, Direction direction) throws LinuxException {
    try (Fd.Hold held = socket.hold()) {
      long result = Kernel.call(Syscall.SHUTDOWN, held.number(), direction.number);
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result), "shutdown", "fd=" + held.number(), "how=" + direction);
      }
    }
  }

  /**
   * Tells the address of a socket.
   *
   * @param socket the socket
   * @return its own address
   * @throws LinuxException ENOTSOCK if it is no socket
   */
  public static SocketName localName(Fd socket) throws LinuxException {
    return name(Syscall.GETSOCKNAME, socket);
  }

  /**
   * Tells whom a socket is connected with.
   *
   * @param socket the socket
   * @return the address of the other side; empty if it is not connected
   * @throws LinuxException ENOTSOCK if it is no socket
   */
  public static Optional<SocketName> peerName(Fd socket) throws LinuxException {
    try {
      return Optional.of(name(Syscall.GETPEERNAME, socket));
    } catch (LinuxException failure) {
      if (failure.errno().equals(Errno.ENOTCONN)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  private static SocketName name(Syscall call, Fd socket) throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = socket.hold()) {
      MemorySegment address = arena.allocate(SocketNames.CAPACITY, 8);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, SocketNames.CAPACITY);
      long result = Kernel.call(call, held.number(), address.address(), length.address());
      if (result < 0) {
        throw new LinuxException(Errno.ofResult(result), call.toString(), "fd=" + held.number());
      }
      return SocketNames.decode(address, length.get(ValueLayout.JAVA_INT, 0));
    }
  }

  /**
   * Tells the family of addresses a socket belongs to.
   *
   * @param socket the socket
   * @return its domain
   * @throws LinuxException ENOTSOCK if it is no socket
   */
  public static SocketDomain domain(Fd socket) throws LinuxException {
    return new SocketDomain(number(socket, SO_DOMAIN, "SO_DOMAIN"));
  }

  /**
   * Tells what a socket keeps of what is sent.
   *
   * @param socket the socket
   * @return its type
   * @throws LinuxException ENOTSOCK if it is no socket
   */
  public static SocketType type(Fd socket) throws LinuxException {
    return new SocketType(number(socket, SO_TYPE, "SO_TYPE"));
  }

  /**
   * Tells the protocol within the domain.
   *
   * @param socket the socket
   * @return such as 6 for TCP; 0 if the domain has only one
   * @throws LinuxException ENOTSOCK if it is no socket
   */
  public static int protocol(Fd socket) throws LinuxException {
    return number(socket, SO_PROTOCOL, "SO_PROTOCOL");
  }

  /**
   * Tells whether a socket lets others connect.
   *
   * @param socket the socket
   * @return true if it listens
   * @throws LinuxException ENOTSOCK if it is no socket
   */
  public static boolean isListening(Fd socket) throws LinuxException {
    return number(socket, SO_ACCEPTCONN, "SO_ACCEPTCONN") != 0;
  }

  /**
   * Takes the error that has been waiting on a socket.
   *
   * @param socket the socket
   * @return the error; empty if there is none
   * @throws LinuxException ENOTSOCK if it is no socket
   */
  public static Optional<Errno> takeError(Fd socket) throws LinuxException {
    int number = number(socket, SO_ERROR, "SO_ERROR");
    return number == 0 ? Optional.empty() : Optional.of(new Errno(number));
  }

  /**
   * Tells which process made or connected the other side of a Unix socket. Of a pair that is the
   * process that made the pair, whoever holds the other end now.
   *
   * @param socket the socket, connected
   * @return the process as it was then
   * @throws LinuxException ENOTSOCK if it is no socket
   */
  public static PeerCredentials peerCredentials(Fd socket) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(12, 4);
      getOption(socket, SOL_SOCKET, SO_PEERCRED, "SO_PEERCRED", value);
      return new PeerCredentials(
          value.get(ValueLayout.JAVA_INT, 0),
          value.get(ValueLayout.JAVA_INT, 4),
          value.get(ValueLayout.JAVA_INT, 8));
    }
  }

  /**
   * Takes hold of the process that {@link #peerCredentials} names. Since Linux 6.5.
   *
   * @param socket the socket, connected
   * @return the process, to be closed
   * @throws UnavailableException if the kernel does not have it
   * @throws LinuxException ENODATA or ESRCH if there is no such process any more, ENOTSOCK if it is
   *     no socket
   */
  public static PidFd peerProcess(Fd socket) throws LinuxException {
    int number;
    try {
      number = number(socket, SO_PEERPIDFD, "SO_PEERPIDFD");
    } catch (LinuxException failure) {
      throw unavailable(failure, "SO_PEERPIDFD needs Linux 6.5");
    }
    Fd fd = Fd.adopt(number);
    try {
      return PidFd.adopt(fd);
    } catch (LinuxException | RuntimeException failure) {
      fd.close();
      throw failure;
    }
  }

  /**
   * Reads an option.
   *
   * @param socket the socket
   * @param option the option
   * @return its value
   * @throws UnavailableException if the kernel does not have it
   * @throws LinuxException EOPNOTSUPP if it does not fit the socket, ENOTSOCK if it is no socket
   */
  public static int option(Fd socket, SocketOption option) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      getOption(socket, option.level(), option.number(), option.name(), value);
      return value.get(ValueLayout.JAVA_INT, 0);
    } catch (LinuxException failure) {
      throw unavailable(failure, "the kernel has no " + option + " for this socket");
    }
  }

  /**
   * Sets an option.
   *
   * @param socket the socket
   * @param option the option
   * @param value its value
   * @throws UnavailableException if the kernel does not have it
   * @throws LinuxException EOPNOTSUPP if it does not fit the socket, ENOTSOCK if it is no socket
   */
  public static void option(Fd socket, SocketOption option, int value) throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = socket.hold()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_INT, value);
      long result =
          Kernel.call(
              Syscall.SETSOCKOPT,
              held.number(),
              option.level(),
              option.number(),
              memory.address(),
              Integer.BYTES);
      if (result < 0) {
        LinuxException failure =
            new LinuxException(
                Errno.ofResult(result),
                "setsockopt",
                "fd=" + held.number(),
                "option=" + option,
                "value=" + value);
        throw unavailable(failure, "the kernel has no " + option + " for this socket");
      }
    }
  }

  /** The kernel answers ENOPROTOOPT for an option that it has never heard of. */
  private static LinuxException unavailable(LinuxException failure, String facility) {
    if (!failure.errno().equals(Errno.ENOPROTOOPT)) {
      return failure;
    }
    return new UnavailableException(
        facility, failure.errno(), failure.call(), failure.arguments().toArray(String[]::new));
  }

  private static int number(Fd socket, int option, String name) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      getOption(socket, SOL_SOCKET, option, name, value);
      return value.get(ValueLayout.JAVA_INT, 0);
    }
  }

  private static void getOption(Fd socket, int level, int option, String name, MemorySegment value)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = socket.hold()) {
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) value.byteSize());
      long result =
          Kernel.call(
              Syscall.GETSOCKOPT, held.number(), level, option, value.address(), length.address());
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result), "getsockopt", "fd=" + held.number(), "option=" + name);
      }
    }
  }

  /**
   * Tells how much has been received and not yet read.
   *
   * @param socket the socket, not listening
   * @return the bytes; of a socket that keeps messages, of the next one only
   * @throws LinuxException EINVAL if it listens
   */
  public static int unread(Fd socket) throws LinuxException {
    return queue(socket, SIOCINQ, "SIOCINQ");
  }

  /**
   * Tells how much has been written and has not yet reached the other side: not acknowledged over
   * TCP, not read over a Unix socket, counted with the kernel's own overhead there.
   *
   * @param socket the socket, not listening
   * @return the bytes
   * @throws LinuxException EINVAL if it listens
   */
  public static int unsent(Fd socket) throws LinuxException {
    return queue(socket, SIOCOUTQ, "SIOCOUTQ");
  }

  private static int queue(Fd socket, int request, String name) throws LinuxException {
    try (Arena arena = Arena.ofConfined();
        Fd.Hold held = socket.hold()) {
      MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
      long result = Kernel.call(Syscall.IOCTL, held.number(), request, value.address());
      if (result < 0) {
        throw new LinuxException(
            Errno.ofResult(result), "ioctl", "fd=" + held.number(), "request=" + name);
      }
      return value.get(ValueLayout.JAVA_INT, 0);
    }
  }
}
