// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.ChildJvm;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.JdkAccessException;
import dev.luo.linux.LinuxException;
import dev.luo.linux.OpenDescriptor;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.process.ExitStatus;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class SocketChannelsTest {
  @Test
  void adopt_withoutTheOption_namesIt() throws IOException {
    try (SocketPair pair = Sockets.pair(SocketType.STREAM)) {
      assertThatExceptionOfType(JdkAccessException.class)
          .isThrownBy(() -> SocketChannels.adoptConnected(pair.first()))
          .withMessage("start the JVM with --add-opens=java.base/java.io=dev.luo.linux");
      assertThatExceptionOfType(JdkAccessException.class)
          .isThrownBy(() -> SocketChannels.adoptListening(pair.first()));
      assertThat(pair.first().isOpen()).isTrue();
    }
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      assertThatExceptionOfType(JdkAccessException.class)
          .isThrownBy(() -> SocketChannels.duplicate(channel));
    }
  }

  @Test
  void adopt_withTheOptions() throws LinuxException {
    ChildJvm.Outcome outcome =
        new ChildJvm()
            .option("--add-opens=java.base/java.io=dev.luo.linux")
            .option("--add-opens=java.base/sun.nio.ch=dev.luo.linux")
            .run(AdoptMain.class);
    assertThat(outcome.output()).isEqualTo("all well\n");
    assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(0));
  }

  /** Runs where the JDK is open. */
  public static final class AdoptMain {
    private AdoptMain() {}

    public static void main(String[] arguments) throws IOException {
      warmUp();
      List<OpenDescriptor> before = OpenDescriptor.list();
      tcp();
      unix();
      pair();
      refusals();
      List<OpenDescriptor> after = OpenDescriptor.list();
      check(after.size() == before.size(), "nothing is left open: " + before + "\n" + after);
      System.out.println("all well");
    }

    /** Some descriptors the JDK opens once and keeps. */
    private static void warmUp() throws IOException {
      try (Selector selector = Selector.open();
          SocketPair pair = Sockets.pair(SocketType.STREAM);
          SocketChannel channel = SocketChannels.adoptConnected(pair.first())) {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
      }
    }

    private static void tcp() throws IOException {
      try (Fd listening = Sockets.create(SocketDomain.INET, SocketType.STREAM)) {
        Sockets.bind(
            listening,
            new InternetName(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        Sockets.listen(listening, 5);
        Fd connecting = Sockets.create(SocketDomain.INET, SocketType.STREAM);
        Sockets.connect(connecting, Sockets.localName(listening));
        SocketName own = Sockets.localName(connecting);
        try (ServerSocketChannel server = SocketChannels.adoptListening(listening);
            SocketChannel client = SocketChannels.adoptConnected(connecting);
            SocketChannel accepted = server.accept()) {
          check(
              !listening.isOpen() && !connecting.isOpen(), "the channels have taken their places");
          check(
              new InternetName((InetSocketAddress) client.getLocalAddress()).equals(own),
              "local address");
          check(client.getRemoteAddress().equals(server.getLocalAddress()), "remote address");
          talk(client, accepted);
          try (Fd back = SocketChannels.duplicate(accepted);
              Fd serverBack = SocketChannels.duplicate(server)) {
            check(Sockets.peerName(back).orElseThrow().equals(own), "the way back");
            check(Sockets.isListening(serverBack), "the way back of a listening socket");
          }
        }
      }
    }

    private static void unix() throws IOException {
      Path path = Files.createTempDirectory("luo").resolve("socket");
      try (Fd listening = Sockets.create(SocketDomain.UNIX, SocketType.STREAM)) {
        Sockets.bind(listening, UnixName.path(path.toString()));
        Sockets.listen(listening, 5);
        listening.statusFlags(listening.statusFlags().with(OpenFlag.NON_BLOCKING));
        try (ServerSocketChannel server = SocketChannels.adoptListening(listening)) {
          check(!server.isBlocking(), "blocks as the socket did");
          check(server.getLocalAddress().equals(UnixDomainSocketAddress.of(path)), "local path");
          check(server.accept() == null, "nobody has connected");
          try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
              SocketChannel accepted = server.accept()) {
            talk(client, accepted);
          }
        }
      } finally {
        Files.delete(path);
        Files.delete(path.getParent());
      }
    }

    private static void pair() throws IOException {
      try (SocketPair pair = Sockets.pair(SocketType.STREAM);
          SocketChannel first = SocketChannels.adoptConnected(pair.first());
          SocketChannel second = SocketChannels.adoptConnected(pair.second());
          Selector selector = Selector.open()) {
        talk(first, second);
        second.configureBlocking(false);
        second.register(selector, SelectionKey.OP_READ);
        first.write(ByteBuffer.wrap(new byte[] {1}));
        check(selector.select() == 1, "a selector takes it");
      }
    }

    private static void talk(SocketChannel from, SocketChannel to) throws IOException {
      from.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer read = ByteBuffer.allocate(5);
      while (read.hasRemaining()) {
        check(to.read(read) > 0, "bytes come through");
      }
      check(
          new String(read.array(), StandardCharsets.US_ASCII).equals("hello"), "as they were sent");
    }

    private static void refusals() throws IOException {
      try (SocketPair pair = Sockets.pair(SocketType.STREAM);
          SocketPair packets = Sockets.pair(SocketType.SEQPACKET);
          Fd unconnected = Sockets.create(SocketDomain.INET, SocketType.STREAM)) {
        expect(Errno.EINVAL, () -> SocketChannels.adoptListening(pair.first()).close());
        expect(Errno.EPROTOTYPE, () -> SocketChannels.adoptConnected(packets.first()).close());
        expect(Errno.ENOTCONN, () -> SocketChannels.adoptConnected(unconnected).close());
        check(
            pair.first().isOpen() && packets.first().isOpen() && unconnected.isOpen(), "all stay");
      }
      SocketChannel closed = SocketChannel.open();
      closed.close();
      try {
        SocketChannels.duplicate(closed).close();
        check(false, "a closed channel has no descriptor");
      } catch (ClosedChannelException expected) {
        check(!closed.isOpen(), "closed");
      }
    }

    /** Something that is to fail. */
    private interface Refused {
      void run() throws IOException;
    }

    private static void expect(Errno errno, Refused refused) throws IOException {
      try {
        refused.run();
      } catch (LinuxException failure) {
        check(failure.errno().equals(errno), "expected " + errno + ", not " + failure);
        return;
      }
      check(false, "expected " + errno);
    }

    private static void check(boolean fact, String what) {
      if (!fact) {
        throw new AssertionError(what);
      }
    }
  }
}
