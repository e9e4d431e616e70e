// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.linux.Descriptors;
import dev.luo.linux.Errno;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.UnavailableException;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Spawn;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NoDescriptorLeaks
class MessagesTest {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment buffer = arena.allocate(64);
  private Fd sender = Descriptors.notOpen();
  private Fd receiver = Descriptors.notOpen();

  @BeforeEach
  void connect() throws LinuxException {
    SocketPair pair = Sockets.pair(SocketType.SEQPACKET);
    sender = pair.first();
    receiver = pair.second();
  }

  @AfterEach
  void close() {
    sender.close();
    receiver.close();
    arena.close();
  }

  private MemorySegment text(String text) {
    return arena.allocateFrom(text);
  }

  static List<SocketType> types() {
    return List.of(SocketType.STREAM, SocketType.DATAGRAM, SocketType.SEQPACKET);
  }

  @ParameterizedTest
  @MethodSource("types")
  void receive_whatWasSent(SocketType type) throws LinuxException {
    try (SocketPair pair = Sockets.pair(type);
        Fd memfd = Memfd.create("x");
        Fd event = EventFd.create(0)) {
      assertThat(Messages.send(pair.first(), text("hello"), List.of(memfd, event.lend())))
          .isEqualTo(6);
      try (ReceivedMessage message = Messages.receive(pair.second(), buffer)) {
        assertThat(message.payload().getString(0)).isEqualTo("hello");
        assertThat(message.payload().byteSize()).isEqualTo(6);
        assertThat(message.descriptors()).hasSize(2).allMatch(Fd::isOwned);
        assertThat(message.descriptors().get(0).sameFile(memfd)).isTrue();
        assertThat(message.descriptors().get(1).sameFile(event)).isTrue();
        assertThat(message.descriptors().get(0).closeOnExec()).isTrue();
        assertThat(message.credentials()).isEmpty();
        assertThat(message.process()).isEmpty();
        assertThat(message.isEnd()).isFalse();
      }
    }
  }

  @Test
  void receive_datagrams_oneByOneWithTheirDescriptors() throws LinuxException {
    try (SocketPair pair = Sockets.pair(SocketType.DATAGRAM);
        Fd memfd = Memfd.create("x");
        Fd event = EventFd.create(0)) {
      Messages.send(pair.first(), text("one"), List.of(memfd));
      Messages.send(pair.first(), text("two"));
      Messages.send(pair.first(), text("three"), List.of(event, memfd));
      expect(pair.second(), "one", memfd);
      expect(pair.second(), "two");
      expect(pair.second(), "three", event, memfd);
    }
  }

  private void expect(Fd socket, String text, Fd... descriptors) throws LinuxException {
    try (ReceivedMessage message = Messages.receive(socket, buffer)) {
      assertThat(message.payload().getString(0)).isEqualTo(text);
      assertThat(message.descriptors()).hasSameSizeAs(descriptors);
      for (int i = 0; i < descriptors.length; i++) {
        assertThat(message.descriptors().get(i).sameFile(descriptors[i])).isTrue();
      }
    }
  }

  @Test
  void send_aDatagramToAName() throws LinuxException {
    try (Fd client = Sockets.create(SocketDomain.UNIX, SocketType.DATAGRAM);
        Fd memfd = Memfd.create("x")) {
      List<Fd> passed = List.of(memfd);
      assertFails(Errno.ENOTCONN, () -> Messages.send(client, text("x"), passed));
      try (Fd server = Sockets.create(SocketDomain.UNIX, SocketType.DATAGRAM)) {
        Sockets.bind(server, UnixName.unnamed());
        Sockets.connect(client, Sockets.localName(server));
        Messages.send(client, text("hello"), passed);
        expect(server, "hello", memfd);
      }
      assertFails(Errno.ECONNREFUSED, () -> Messages.send(client, text("x"), passed));
    }
  }

  @Test
  void send_asManyAsTheKernelTakes() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      Messages.send(sender, text("x"), Collections.nCopies(Messages.MAX_DESCRIPTORS, event));
      try (ReceivedMessage message = Messages.receive(receiver, buffer)) {
        assertThat(message.descriptors()).hasSize(Messages.MAX_DESCRIPTORS);
      }
      List<Fd> tooMany = Collections.nCopies(Messages.MAX_DESCRIPTORS + 1, event);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Messages.send(sender, text("x"), tooMany));
    }
  }

  @Test
  void send_ofAClosedDescriptor() throws LinuxException {
    Fd closed = Memfd.create("x");
    closed.close();
    try (Fd open = Memfd.create("y")) {
      assertThatIllegalStateException()
          .isThrownBy(() -> Messages.send(sender, text("x"), List.of(open, closed)));
      assertFails(
          Errno.EBADF, () -> Messages.send(sender, text("x"), List.of(Descriptors.notOpen())));
    }
  }

  @Test
  void send_ofMemoryOnTheHeap() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Messages.send(sender, MemorySegment.ofArray(new byte[1])));
  }

  @Test
  void send_toNobody_isAnErrorAndNoSignal() throws LinuxException {
    receiver.close();
    assertFails(Errno.EPIPE, () -> Messages.send(sender, text("x")));
    try (ReceivedMessage end = Messages.receive(sender, buffer)) {
      assertThat(end.isEnd()).isTrue();
    }
  }

  @Test
  void receive_fromNobody() throws LinuxException {
    assertFails(Errno.EAGAIN, () -> Messages.receive(receiver, buffer, ReceiveFlag.DO_NOT_WAIT));
    receiver.statusFlags(receiver.statusFlags().with(OpenFlag.NON_BLOCKING));
    assertFails(Errno.EAGAIN, () -> Messages.receive(receiver, buffer));
    try (Fd memfd = Memfd.create("x")) {
      assertFails(Errno.ENOTSOCK, () -> Messages.receive(memfd, buffer));
      assertFails(Errno.ENOTSOCK, () -> Messages.send(memfd, text("x")));
    }
  }

  @Test
  void send_ofMoreThanFits() {
    MemorySegment large = arena.allocate(16 << 20);
    assertFails(Errno.EMSGSIZE, () -> Messages.send(sender, large));
  }

  @Test
  void receive_intoABufferThatIsTooSmall_closesWhatCame() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      Messages.send(sender, text("hello"), List.of(event));
      assertThatExceptionOfType(MessageTruncatedException.class)
          .isThrownBy(() -> Messages.receive(receiver, buffer.asSlice(0, 3)))
          .satisfies(failure -> {
            assertThat(failure.descriptorsLost()).isFalse();
            assertThat(failure.errno()).isEqualTo(Errno.EMSGSIZE);
          });
      Messages.send(sender, text("hello"), List.of(event));
      try (ReceivedMessage message =
          Messages.receive(receiver, buffer.asSlice(0, 3), ReceiveFlag.MAY_TRUNCATE)) {
        assertThat(message.payload().byteSize()).isEqualTo(3);
        assertThat(message.descriptors()).hasSize(1);
      }
    }
  }

  @Test
  void receive_withRoomForSomeOfTheDescriptors_closesThose() throws Exception {
    try (Fd event = EventFd.create(0)) {
      Messages.send(sender, text("x"), Collections.nCopies(3, event));
      Messages.receive(receiver, buffer).close();
      Messages.send(sender, text("hello"), List.of());
      assertThatExceptionOfType(MessageTruncatedException.class)
          .isThrownBy(() -> Messages.receive(receiver, buffer.asSlice(0, 1)));
      Messages.send(sender, text("x"), Collections.nCopies(10, event));
      Descriptors.withRoomFor(
          4,
          () ->
              assertThatExceptionOfType(MessageTruncatedException.class)
                  .isThrownBy(() -> Messages.receive(receiver, buffer))
                  .matches(MessageTruncatedException::descriptorsLost)
                  .matches(failure -> failure.errno().equals(Errno.EMFILE)));
    }
  }

  @Test
  void receive_peeked_comesAgain() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      Messages.send(sender, text("x"), List.of(event));
      try (ReceivedMessage peeked = Messages.receive(receiver, buffer, ReceiveFlag.PEEK);
          ReceivedMessage message = Messages.receive(receiver, arena.allocate(8))) {
        assertThat(peeked.descriptors()).hasSize(1);
        assertThat(message.descriptors()).hasSize(1);
        assertThat(peeked.descriptors().getFirst().sameFile(message.descriptors().getFirst()))
            .isTrue();
      }
    }
  }

  @Test
  void receive_withCredentialsAndProcess() throws LinuxException {
    Sockets.option(receiver, SocketOption.PASS_CREDENTIALS, 1);
    passPidFd();
    try (Fd event = EventFd.create(0)) {
      Messages.send(sender, text("x"), List.of(event));
      try (ReceivedMessage message = Messages.receive(receiver, buffer)) {
        assertThat(message.descriptors()).hasSize(1);
        assertThat(message.credentials().orElseThrow().pid())
            .isEqualTo((int) ProcessHandle.current().pid());
        assertThat(message.process().orElseThrow().pid()).hasValue(ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void receive_withTheProcessOfAChild() throws LinuxException {
    passPidFd();
    try (SocketPair pair = Sockets.pair(SocketType.STREAM)) {
      Sockets.option(pair.second(), SocketOption.PASS_PIDFD, 1);
      Spawn spawn =
          Spawn.of(Command.of("/bin/sh", "-c", "echo hello; read wait"))
              .descriptor(pair.first(), 1);
      spawn.descriptor(pair.first(), 0);
      try (PidFd child = spawn.start();
          ReceivedMessage message = Messages.receive(pair.second(), buffer)) {
        assertThat(message.process().orElseThrow().pid()).isEqualTo(child.pid());
        Messages.send(pair.second(), text("\n"));
        assertThat(child.awaitStatus().isSuccess()).isTrue();
        assertThat(message.process().orElseThrow().hasEnded()).isTrue();
      }
    }
  }

  private void passPidFd() throws LinuxException {
    try {
      Sockets.option(receiver, SocketOption.PASS_PIDFD, 1);
    } catch (UnavailableException failure) {
      Facilities.require("linux-6.5", false, failure.facility());
    }
  }

  @Test
  void receive_ofDescriptorsOnly_overASeqpacket() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      assertThat(Messages.send(sender, MemorySegment.NULL, List.of(event))).isZero();
      try (ReceivedMessage message = Messages.receive(receiver, buffer)) {
        assertThat(message.payload().byteSize()).isZero();
        assertThat(message.isEnd()).isFalse();
      }
    }
  }

  @Test
  void batches_ofAnyNumber() throws LinuxException {
    for (int count : new int[] {0, 1, 252, 253, 254, 507, 1000}) {
      List<Fd> events = new ArrayList<>();
      try {
        for (int i = 0; i < count; i++) {
          events.add(EventFd.create(i));
        }
        long deadline = System.nanoTime() + 60_000_000_000L;
        Thread sending = Thread.ofPlatform().start(() -> sendBatches(events, deadline));
        List<Fd> received = DescriptorBatches.receive(receiver, 1000, deadline);
        try {
          sending.join();
          assertThat(received).hasSize(count);
          for (int i = 0; i < count; i += 50) {
            assertThat(EventFd.count(received.get(i))).isEqualTo(i);
          }
        } finally {
          received.forEach(Fd::close);
        }
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      } finally {
        events.forEach(Fd::close);
      }
    }
  }

  private void sendBatches(List<Fd> descriptors, long deadline) {
    try {
      DescriptorBatches.send(sender, descriptors, deadline);
    } catch (LinuxException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void batches_moreThanTheLimit_areClosed() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      DescriptorBatches.send(
          sender, Collections.nCopies(300, event), System.nanoTime() + 1_000_000_000L);
      assertFails(Errno.E2BIG, () -> DescriptorBatches.receive(receiver, 299, System.nanoTime()));
    }
  }

  @Test
  void batches_thatEndEarly_areClosed() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      MemorySegment header = arena.allocateFrom(ValueLayout.JAVA_INT, 10, 5);
      Messages.send(sender, header, Collections.nCopies(5, event));
      sender.close();
      assertFails(
          Errno.ECONNRESET, () -> DescriptorBatches.receive(receiver, 100, System.nanoTime()));
    }
  }

  @Test
  void batches_thatLie_areClosed() throws LinuxException {
    int[][] lies = {{5, 4}, {4, 5}, {-1, 5}, {5, -1}, {0, 5}};
    try (Fd event = EventFd.create(0)) {
      for (int[] lie : lies) {
        Messages.send(
            sender, arena.allocateFrom(ValueLayout.JAVA_INT, lie), Collections.nCopies(5, event));
        assertFails(
            Errno.EPROTO, () -> DescriptorBatches.receive(receiver, 100, System.nanoTime()));
      }
      Messages.send(
          sender, arena.allocateFrom(ValueLayout.JAVA_INT, 10, 5), Collections.nCopies(5, event));
      Messages.send(
          sender, arena.allocateFrom(ValueLayout.JAVA_INT, 6, 5), Collections.nCopies(5, event));
      assertFails(Errno.EPROTO, () -> DescriptorBatches.receive(receiver, 100, System.nanoTime()));
      Messages.send(
          sender, arena.allocateFrom(ValueLayout.JAVA_INT, 10, 5), Collections.nCopies(5, event));
      Messages.send(sender, arena.allocateFrom(ValueLayout.JAVA_INT, 5, 0));
      assertFails(Errno.EPROTO, () -> DescriptorBatches.receive(receiver, 100, System.nanoTime()));
      Messages.send(sender, text("short"), List.of(event));
      assertFails(Errno.EPROTO, () -> DescriptorBatches.receive(receiver, 100, System.nanoTime()));
    }
  }

  @Test
  void batches_untilTheDeadline() throws LinuxException {
    assertFails(Errno.ETIMEDOUT, () -> DescriptorBatches.receive(receiver, 1, System.nanoTime()));
    try (Fd event = EventFd.create(0)) {
      assertFails(
          Errno.ETIMEDOUT,
          () ->
              DescriptorBatches.send(
                  sender, Collections.nCopies(100_000, event), System.nanoTime()));
      assertThat(sender.isOpen()).isTrue();
    }
  }

  @Test
  void batches_overAStream() throws LinuxException {
    try (SocketPair pair = Sockets.pair(SocketType.STREAM)) {
      assertFails(Errno.EPROTOTYPE, () -> DescriptorBatches.send(pair.first(), List.of(), 0));
      assertFails(Errno.EPROTOTYPE, () -> DescriptorBatches.receive(pair.first(), 1, 0));
    }
  }
}
