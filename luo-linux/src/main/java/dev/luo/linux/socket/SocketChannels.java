// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.JdkAccessException;
import dev.luo.linux.LinuxException;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.internal.JdkInternals;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * Turns stream sockets, TCP or Unix, into channels of the JDK, and back.
 *
 * <p>This needs {@code --add-opens=java.base/sun.nio.ch=dev.luo.linux
 * --add-opens=java.base/java.io=dev.luo.linux} (or {@code ALL-UNNAMED} on the class path), and says
 * so if that is missing.
 *
 * <p>A channel that is registered with a selector shuts the connection down when it is closed, for
 * all who share it. Where the connection goes on elsewhere, a predecessor therefore leaves its
 * channel open until it ends.
 *
 * <p>A channel blocks or not as the descriptor did. Whether it does is a property of the open file
 * description, so other descriptors of the same socket change with it.
 */
public final class SocketChannels {
  private SocketChannels() {}

  /**
   * Makes a channel of a listening socket. The channel takes its place: if the method succeeds,
   * {@code socket} is closed. If it fails, {@code socket} stays as it was.
   *
   * @param socket what to take over, owned
   * @return the channel, on a descriptor of its own of the same open file description
   * @throws JdkAccessException if the JDK does not let this module do so
   * @throws LinuxException EINVAL if it does not listen, EPROTOTYPE if it is no stream of TCP or
   *     Unix
   * @throws IllegalStateException if {@code socket} has ended
   */
  public static ServerSocketChannel adoptListening(Fd socket) throws IOException {
    requireAccess();
    ProtocolFamily family = family(socket);
    if (!Sockets.isListening(socket)) {
      throw new LinuxException(
          Errno.EINVAL, "getsockopt", socket.describe(), "option=SO_ACCEPTCONN");
    }
    return adopt(socket, number -> JdkInternals.serverSocketChannel(number, family));
  }

  /**
   * Makes a channel of a connected socket. The channel takes its place: if the method succeeds,
   * {@code socket} is closed. If it fails, {@code socket} stays as it was.
   *
   * @param socket what to take over, owned
   * @return the channel, on a descriptor of its own of the same open file description
   * @throws JdkAccessException if the JDK does not let this module do so
   * @throws LinuxException ENOTCONN if it is not connected, EPROTOTYPE if it is no stream of TCP or
   *     Unix
   * @throws IllegalStateException if {@code socket} has ended
   */
  public static SocketChannel adoptConnected(Fd socket) throws IOException {
    requireAccess();
    ProtocolFamily family = family(socket);
    Optional<SocketName> peer = Sockets.peerName(socket);
    if (peer.isEmpty()) {
      throw new LinuxException(Errno.ENOTCONN, "getpeername", socket.describe());
    }
    SocketAddress address = address(peer.get());
    return adopt(socket, number -> JdkInternals.socketChannel(number, family, address));
  }

  /** Makes a channel of a number. */
  private interface Maker<C> {
    C make(int number) throws ReflectiveOperationException;
  }

  private static <C extends SelectableChannel> C adopt(Fd socket, Maker<C> maker)
      throws IOException {
    boolean blocking = !socket.statusFlags().isSet(OpenFlag.NON_BLOCKING);
    // The channel gets a duplicate: should anything fail, the socket is still what it was.
    try (Fd duplicate = socket.duplicate()) {
      C channel = maker.make(duplicate.number());
      int _ = duplicate.release(); // the channel has it
      return finish(channel, blocking, socket);
    } catch (ReflectiveOperationException changed) {
      throw new JdkAccessException(changed);
    }
  }

  private static <C extends SelectableChannel> C finish(C channel, boolean blocking, Fd socket)
      throws IOException {
    try {
      channel.configureBlocking(blocking);
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
    socket.close();
    return channel;
  }

  private static ProtocolFamily family(Fd socket) throws LinuxException {
    SocketDomain domain = Sockets.domain(socket);
    SocketType type = Sockets.type(socket);
    if (type.equals(SocketType.STREAM)) {
      if (domain.equals(SocketDomain.UNIX)) {
        return StandardProtocolFamily.UNIX;
      }
      if (domain.equals(SocketDomain.INET)) {
        return StandardProtocolFamily.INET;
      }
      if (domain.equals(SocketDomain.INET6)) {
        return StandardProtocolFamily.INET6;
      }
    }
    throw new LinuxException(
        Errno.EPROTOTYPE, "getsockopt", socket.describe(), "domain=" + domain, "type=" + type);
  }

  /** The JDK knows no abstract names, and shows them as no name. */
  private static SocketAddress address(SocketName name) {
    return switch (name) {
      case UnixName unix -> UnixDomainSocketAddress.of(unix.isAbstract() ? "" : unix.text());
      case InternetName internet -> internet.address();
      case OtherName other ->
          throw new IllegalStateException("a stream of TCP or Unix has the address " + other);
    };
  }

  /**
   * Makes a descriptor of a channel's socket. The channel keeps its own.
   *
   * @param channel an open channel of the JDK
   * @return the new descriptor, owned by the caller
   * @throws JdkAccessException if the JDK does not let this module do so
   * @throws ClosedChannelException if the channel is closed
   */
  public static Fd duplicate(NetworkChannel channel) throws IOException {
    requireAccess();
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    try {
      return Fd.borrow(JdkInternals.numberOfSocket(channel)).duplicate();
    } catch (ReflectiveOperationException changed) {
      throw new JdkAccessException(changed);
    }
  }

  private static void requireAccess() throws JdkAccessException {
    Optional<String> missing = JdkInternals.missingOption();
    if (missing.isPresent()) {
      throw new JdkAccessException(missing.get());
    }
  }
}
