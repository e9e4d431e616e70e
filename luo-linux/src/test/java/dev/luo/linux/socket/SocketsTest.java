// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.Clock;
import dev.luo.linux.Descriptors;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.FileStatus;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Poll;
import dev.luo.linux.UnavailableException;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.socket.Sockets.Direction;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NoDescriptorLeaks
class SocketsTest {
  @Test
  void pair_isConnected() throws LinuxException {
    try (SocketPair pair = Sockets.pair(SocketType.SEQPACKET)) {
      assertThat(Sockets.domain(pair.first())).isEqualTo(SocketDomain.UNIX);
      assertThat(Sockets.type(pair.first())).isEqualTo(SocketType.SEQPACKET);
      assertThat(Sockets.isListening(pair.first())).isFalse();
      assertThat(Sockets.localName(pair.first())).isEqualTo(UnixName.unnamed());
      assertThat(Sockets.peerName(pair.first())).hasValue(UnixName.unnamed());
      assertThat(pair.first().closeOnExec()).isTrue();
      assertThat(pair.second().closeOnExec()).isTrue();
      assertThat(Sockets.takeError(pair.first())).isEmpty();
    }
  }

  @Test
  void pair_withoutRoomForBoth() throws Exception {
    Sockets.pair(SocketType.STREAM).close();
    assertFails(Errno.ESOCKTNOSUPPORT, () -> Sockets.pair(new SocketType(4)));
    Descriptors.withRoomFor(
        1, () -> assertFails(Errno.EMFILE, () -> Sockets.pair(SocketType.STREAM)));
  }

  @Test
  void create_ofWhatTheKernelDoesNotHave() {
    assertFails(Errno.EAFNOSUPPORT, () -> Sockets.create(new SocketDomain(200), SocketType.STREAM));
  }

  @Test
  void connect_overAnAbstractName() throws LinuxException {
    UnixName name = UnixName.abstractName("luo-test-" + UUID.randomUUID());
    connectAndTalk(name, SocketType.SEQPACKET);
  }

  @Test
  void connect_overAPath(@TempDir Path folder) throws LinuxException {
    UnixName name = UnixName.path(folder.resolve("socket").toString());
    connectAndTalk(name, SocketType.STREAM);
    try (Fd late = Sockets.create(SocketDomain.UNIX, SocketType.STREAM)) {
      assertFails(Errno.ECONNREFUSED, () -> Sockets.connect(late, name));
      assertFails(Errno.EADDRINUSE, () -> Sockets.bind(late, name));
      assertFails(Errno.ENOENT, () -> Sockets.connect(late, UnixName.path(folder + "/none")));
    }
  }

  private static void connectAndTalk(UnixName name, SocketType type) throws LinuxException {
    try (Fd server = Sockets.create(SocketDomain.UNIX, type);
        Fd client = Sockets.create(SocketDomain.UNIX, type);
        Arena arena = Arena.ofConfined()) {
      Sockets.bind(server, name);
      Sockets.listen(server, 5);
      assertThat(Sockets.isListening(server)).isTrue();
      assertThat(Sockets.localName(server)).isEqualTo(name);
      assertThat(Sockets.peerName(server)).isEmpty();
      Sockets.connect(client, name);
      try (Fd accepted = Sockets.accept(server)) {
        assertThat(accepted.closeOnExec()).isTrue();
        assertThat(Sockets.peerName(client)).hasValue(name);
        Messages.send(client, arena.allocateFrom("hello"));
        assertThat(Sockets.unread(accepted)).isEqualTo(6);
        assertThat(FileIo.read(accepted, arena.allocate(10))).isEqualTo(6);
        PeerCredentials peer = Sockets.peerCredentials(accepted);
        assertThat(peer.pid()).isEqualTo((int) ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void bind_toNoName_letsTheKernelChoose() throws LinuxException {
    try (Fd socket = Sockets.create(SocketDomain.UNIX, SocketType.DATAGRAM)) {
      Sockets.bind(socket, UnixName.unnamed());
      assertThat(Sockets.localName(socket))
          .isInstanceOfSatisfying(
              UnixName.class,
              name -> {
                assertThat(name.isAbstract()).isTrue();
                assertThat(name.text()).hasSize(5);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void connect_overTcp(String host) throws LinuxException {
    InternetName any = new InternetName(new InetSocketAddress(InetAddress.ofLiteral(host), 0));
    Facilities.require(
        "ipv6",
        any.domain().equals(SocketDomain.INET) || canBind(any),
        "no loopback interface of version 6");
    try (Fd server = Sockets.create(any.domain(), SocketType.STREAM);
        Fd client = Sockets.create(any.domain(), SocketType.STREAM);
        Arena arena = Arena.ofConfined()) {
      Sockets.option(server, SocketOption.REUSE_ADDRESS, 1);
      Sockets.option(server, SocketOption.REUSE_PORT, 1);
      Sockets.bind(server, any);
      Sockets.listen(server, 5);
      SocketName name = Sockets.localName(server);
      Sockets.connect(client, name);
      try (Fd accepted = Sockets.accept(server)) {
        assertThat(Sockets.protocol(accepted)).isEqualTo(6);
        assertThat(Sockets.domain(accepted)).isEqualTo(any.domain());
        assertThat(Sockets.peerName(accepted)).hasValue(Sockets.localName(client));
        assertThat(Sockets.option(server, SocketOption.REUSE_PORT)).isEqualTo(1);
        Sockets.option(client, SocketOption.TCP_NO_DELAY, 1);
        assertThat(Sockets.option(client, SocketOption.TCP_NO_DELAY)).isEqualTo(1);
        assertThat(Messages.send(client, arena.allocateFrom("hello"))).isEqualTo(6);
        assertThat(Poll.awaitReadable(accepted, Clock.NEVER)).isTrue();
        assertThat(Sockets.unread(accepted)).isEqualTo(6);
        assertThat(Sockets.unsent(accepted)).isZero();
        try (ReceivedMessage peeked =
                Messages.receive(
                    accepted, arena.allocate(3), ReceiveFlag.PEEK, ReceiveFlag.DO_NOT_WAIT);
            ReceivedMessage read = Messages.receive(accepted, arena.allocate(10))) {
          assertThat(peeked.payload().byteSize()).isEqualTo(3);
          assertThat(read.payload().getString(0)).isEqualTo("hello");
        }
        Sockets.shutdown(client, Direction.SENDING);
        try (ReceivedMessage end = Messages.receive(accepted, arena.allocate(10))) {
          assertThat(end.isEnd()).isTrue();
        }
      }
    }
  }

  private static boolean canBind(InternetName name) throws LinuxException {
    try (Fd probe = Sockets.create(name.domain(), SocketType.STREAM)) {
      Sockets.bind(probe, name);
      return true;
    } catch (LinuxException failure) {
      return false;
    }
  }

  @Test
  void connect_whereNobodyListens() throws LinuxException {
    InternetName any = new InternetName(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (Fd bound = Sockets.create(SocketDomain.INET, SocketType.STREAM);
        Fd client = Sockets.create(SocketDomain.INET, SocketType.STREAM)) {
      Sockets.bind(bound, any);
      SocketName name = Sockets.localName(bound);
      assertFails(Errno.ECONNREFUSED, () -> Sockets.connect(client, name));
      assertFails(Errno.EADDRINUSE, () -> Sockets.bind(client, name));
      assertFails(Errno.ENOTCONN, () -> Sockets.shutdown(client, Direction.BOTH));
    }
  }

  @Test
  void takeError_afterAConnectionThatTookTime() throws LinuxException {
    InternetName any = new InternetName(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    try (Fd bound = Sockets.create(SocketDomain.INET, SocketType.STREAM);
        Fd client = Sockets.create(SocketDomain.INET, SocketType.STREAM)) {
      Sockets.bind(bound, any);
      SocketName name = Sockets.localName(bound);
      client.statusFlags(client.statusFlags().with(OpenFlag.NON_BLOCKING));
      Optional<Errno> error = connectInTheBackground(client, name);
      assertThat(error).hasValue(Errno.ECONNREFUSED);
    }
  }

  private static Optional<Errno> connectInTheBackground(Fd client, SocketName name)
      throws LinuxException {
    try {
      Sockets.connect(client, name);
      return Optional.empty();
    } catch (LinuxException failure) {
      if (!failure.errno().equals(Errno.EINPROGRESS)) {
        return Optional.of(failure.errno());
      }
      assertThat(Poll.awaitWritable(client, Clock.NEVER)).isTrue();
      return Sockets.takeError(client);
    }
  }

  @Test
  void accept_withoutAConnection() throws LinuxException {
    try (Fd server = Sockets.create(SocketDomain.UNIX, SocketType.STREAM)) {
      assertFails(Errno.EINVAL, () -> Sockets.accept(server));
      Sockets.bind(server, UnixName.unnamed());
      Sockets.listen(server, 1);
      server.statusFlags(server.statusFlags().with(OpenFlag.NON_BLOCKING));
      assertFails(Errno.EAGAIN, () -> Sockets.accept(server));
    }
  }

  @Test
  void accept_withoutRoom() throws Exception {
    try (Fd server = Sockets.create(SocketDomain.UNIX, SocketType.STREAM);
        Fd client = Sockets.create(SocketDomain.UNIX, SocketType.STREAM)) {
      assertFails(Errno.EINVAL, () -> Sockets.accept(server));
      Sockets.bind(server, UnixName.unnamed());
      Sockets.listen(server, 1);
      Sockets.connect(client, Sockets.localName(server));
      Descriptors.withRoomFor(0, () -> assertFails(Errno.EMFILE, () -> Sockets.accept(server)));
      Sockets.accept(server).close();
    }
  }

  @Test
  void peerProcess_isThatWhichMadeThePair() throws LinuxException {
    try (SocketPair pair = Sockets.pair(SocketType.STREAM);
        PidFd self = peerProcess(pair.first())) {
      assertThat(self.pid()).hasValue(ProcessHandle.current().pid());
      assertThat(Sockets.peerCredentials(pair.second()).uid()).isEqualTo(uid());
    }
  }

  private static PidFd peerProcess(Fd socket) throws LinuxException {
    try {
      return Sockets.peerProcess(socket);
    } catch (UnavailableException failure) {
      Facilities.require("linux-6.5", false, failure.facility());
      throw failure;
    }
  }

  private static int uid() throws LinuxException {
    try (Fd memfd = Memfd.create("mine")) {
      return FileStatus.of(memfd).owner();
    }
  }

  @Test
  void option_thatDoesNotFitTheSocket() throws LinuxException {
    try (SocketPair pair = Sockets.pair(SocketType.STREAM)) {
      assertFails(Errno.EOPNOTSUPP, () -> Sockets.option(pair.first(), SocketOption.TCP_NO_DELAY));
      assertFails(
          Errno.EOPNOTSUPP, () -> Sockets.option(pair.first(), SocketOption.TCP_NO_DELAY, 1));
      int before = Sockets.option(pair.first(), SocketOption.SEND_BUFFER);
      Sockets.option(pair.first(), SocketOption.SEND_BUFFER, before);
      assertThat(Sockets.option(pair.first(), SocketOption.SEND_BUFFER))
          .isGreaterThanOrEqualTo(before);
    }
  }

  @Test
  void unread_andUnsent_ofOneThatListens() throws LinuxException {
    try (Fd socket = Sockets.create(SocketDomain.INET, SocketType.STREAM)) {
      Sockets.listen(socket, 1);
      assertFails(Errno.EINVAL, () -> Sockets.unread(socket));
      assertFails(Errno.EINVAL, () -> Sockets.unsent(socket));
    }
  }

  @Test
  void everything_onWhatIsNoSocket() throws LinuxException {
    try (Fd memfd = Memfd.create("x")) {
      assertFails(Errno.ENOTSOCK, () -> Sockets.domain(memfd));
      assertFails(Errno.ENOTSOCK, () -> Sockets.type(memfd));
      assertFails(Errno.ENOTSOCK, () -> Sockets.localName(memfd));
      assertFails(Errno.ENOTSOCK, () -> Sockets.peerName(memfd));
      assertFails(Errno.ENOTSOCK, () -> Sockets.listen(memfd, 1));
      assertFails(Errno.ENOTSOCK, () -> Sockets.bind(memfd, UnixName.unnamed()));
      assertFails(Errno.ENOTSOCK, () -> Sockets.connect(memfd, UnixName.path("/x")));
      assertFails(Errno.ENOTSOCK, () -> Sockets.peerCredentials(memfd));
      assertFails(Errno.ENOTSOCK, () -> Sockets.peerProcess(memfd));
      assertFails(Errno.ENOTSOCK, () -> Sockets.option(memfd, SocketOption.KEEP_ALIVE));
      assertFails(Errno.ENOTSOCK, () -> Sockets.option(memfd, SocketOption.KEEP_ALIVE, 1));
      assertFails(Errno.ENOTSOCK, () -> Sockets.accept(memfd));
      assertFails(Errno.ENOTSOCK, () -> Sockets.shutdown(memfd, Direction.BOTH));
      assertFails(Errno.ENOTSOCK, () -> Sockets.protocol(memfd));
      assertFails(Errno.ENOTSOCK, () -> Sockets.isListening(memfd));
      assertFails(Errno.ENOTSOCK, () -> Sockets.takeError(memfd));
      assertFails(Errno.ENOTTY, () -> Sockets.unsent(memfd));
    }
    assertFails(Errno.EBADF, () -> Sockets.domain(Descriptors.notOpen()));
  }
}
