// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Memfd;
import dev.luo.linux.socket.SocketPair;
import dev.luo.linux.socket.SocketType;
import dev.luo.linux.socket.Sockets;
import dev.luo.spi.CannotCarryException;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Restored;
import dev.luo.spi.Slot;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Walks {@link SocketHandler} over a process, with a real connection. */
@NoDescriptorLeaks
class SocketHandlerTest {

  private static final Token TOKEN = Token.of(-1);

  /** The application's buffer: asked at freeze, not before. */
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

  private final SocketHandler.UnreadBytes unread = buffer::toByteArray;
  private SocketPair connection;
  private Predecessor predecessor;

  @BeforeEach
  void connect() throws IOException {
    connection = Sockets.pair(SocketType.STREAM);
    predecessor = new Predecessor(Crossing.SUCCESSOR, Crossing.STORE);
  }

  @AfterEach
  void disconnect() {
    predecessor.close();
    connection.close();
  }

  @Test
  void retrieve_givesSocketAndTheBytesOfTheFreeze() throws Exception {
    var file = preserve();
    send(connection.second(), "in the kernel");
    buffer.writeBytes(ascii("read before the freeze"));
    file.freeze(Crossing.SUCCESSOR);
    try (Successor successor = successor(Origin.HANDOVER)) {
      Restored restored = successor.retrieve(TOKEN);

      assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
      assertThat(restored.attachment(SocketHandler.HandedOver.class))
          .hasValueSatisfying(bytes ->
              assertThat(bytes.unread())
                  .isEqualTo(ByteBuffer.wrap(ascii("read before the freeze"))));
      assertThat(restored.file().sameFile(connection.first())).isTrue();
      assertThat(receive(restored.file(), 13)).isEqualTo("in the kernel");
      successor.resume(TOKEN);
      successor.verify(TOKEN);
      assertThat(successor.canFinish(TOKEN)).isTrue();
      successor.finish(TOKEN);
    }
    send(connection.first(), "still there");
    assertThat(receive(connection.second(), 11)).isEqualTo("still there");
  }

  @Test
  void retrieve_withoutABuffer_givesTheSocketAlone() throws Exception {
    var file = predecessor.preserve(new SocketHandler(), TOKEN, connection.first());
    Handle handle = file.handle();
    file.freeze(Crossing.SUCCESSOR);
    assertThat(file.handle()).isEqualTo(handle);
    try (Successor successor = successor(Origin.HANDOVER)) {
      assertThat(successor.retrieve(TOKEN).fidelity()).isEqualTo(Fidelity.LIVE);
      assertThat(successor.retrieve(TOKEN).attachment()).isNull();
    }
  }

  @Test
  void freeze_replacesTheHandleAndFreesTheOldOne() throws Exception {
    var file = preserve();
    Handle preserved = file.handle();
    buffer.writeBytes(new byte[5000]);

    file.freeze(Crossing.SUCCESSOR);
    Handle first = file.handle();
    file.unfreeze(ThawCause.REFUSED);
    buffer.reset();
    file.freeze(Crossing.SUCCESSOR);

    assertThat(file.handle()).isNotIn(preserved, first);
    assertThat(file.paper().handles()).containsExactly(file.handle());
  }

  @Test
  void freeze_withMoreThanTheBlackoutAllows_isRefusedAndChangesNothing() throws Exception {
    var file = preserve();
    Handle preserved = file.handle();
    buffer.writeBytes(new byte[SocketHandler.MOST_UNREAD + 1]);

    assertThatThrownBy(() -> file.freeze(Crossing.SUCCESSOR))
        .isInstanceOfSatisfying(
            HandlerException.class,
            refused -> assertThat(refused.errno()).isEqualTo(Errno.EMSGSIZE));
    assertThat(file.handle()).isEqualTo(preserved);
    assertThat(file.paper().handles()).containsExactly(preserved);
  }

  @Test
  void retrieve_afterACrash_doesNotHandOutWhatWasReadLongAgo() throws Exception {
    var file = preserve();
    buffer.writeBytes(ascii("stale"));
    file.freeze(Crossing.SUCCESSOR);
    file.unfreeze(ThawCause.RETURNED);
    for (Origin origin : Origin.values()) {
      try (Successor successor = successor(origin)) {
        Restored restored = successor.retrieve(TOKEN);

        assertThat(restored.fidelity()).isEqualTo(Fidelity.DEGRADED);
        assertThat(restored.note()).contains("are lost");
        assertThat(restored.attachment()).isNull();
      }
    }
  }

  @Test
  void unpreserve_givesEverythingBack() throws Exception {
    var file = preserve();
    file.freeze(Crossing.SUCCESSOR);
    file.unfreeze(ThawCause.REFUSED);

    file.unpreserve();

    assertThat(file.paper().handles()).isEmpty();
    assertThat(file.slots()).isEmpty();
    send(connection.first(), "as before");
    assertThat(receive(connection.second(), 9)).isEqualTo("as before");
  }

  @Test
  void preserve_whereTheKernelIsToBeCrossed_isRefusedAtOnce() {
    try (Predecessor overKernel = new Predecessor(Crossing.SUCCESSOR, Crossing.KERNEL)) {
      assertThatThrownBy(() -> overKernel.preserve(new SocketHandler(), TOKEN, connection.first()))
          .isInstanceOfSatisfying(
              CannotCarryException.class,
              refused -> assertThat(refused.crossing()).isEqualTo(Crossing.KERNEL));
    }
  }

  @Test
  void retrieve_ofSomethingElseInTheSlot_isRefused() throws Exception {
    Slot slot = preserve().slots().keySet().iterator().next();
    Handover handover = predecessor.handOver(Crossing.SUCCESSOR, Origin.HANDOVER);
    try (Fd other = Memfd.create("no socket");
        Successor successor = new Successor(handover, new SocketHandler())) {
      handover.replace(TOKEN, slot, other.duplicate());

      assertThatThrownBy(() -> successor.retrieve(TOKEN))
          .isInstanceOf(CorruptRecordException.class)
          .hasMessageContaining("no socket");
    }
  }

  @Test
  void retrieve_ofADamagedRecord_isRefusedAndNeverABug() throws Exception {
    var file = preserve();
    buffer.writeBytes(ascii("bytes"));
    file.freeze(Crossing.SUCCESSOR);
    try (Handover handover = predecessor.handOver(Crossing.SUCCESSOR, Origin.HANDOVER)) {
      byte[] record = handover.record(TOKEN);
      Damage.everyHeaderByte(record, () -> retrieveAndClose(handover));
      Damage.everyOtherByte(record, () -> retrieveAndClose(handover));
    }
  }

  private static void retrieveAndClose(Handover handover) throws LuoException {
    Successor successor = new Successor(handover, new SocketHandler());
    try {
      successor.retrieve(TOKEN);
    } finally {
      successor.closeRetrieved();
    }
  }

  private Predecessor.File<Slot> preserve() throws LuoException {
    return predecessor.preserve(new SocketHandler(), TOKEN, connection.first(), unread);
  }

  private Successor successor(Origin origin) throws IOException {
    return new Successor(predecessor.handOver(Crossing.SUCCESSOR, origin), new SocketHandler());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static void send(Fd from, String text) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      FileIo.write(from, arena.allocateFrom(ValueLayout.JAVA_BYTE, ascii(text)));
    }
  }

  private static String receive(Fd at, int most) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(most);
      long count = FileIo.read(at, bytes);
      return StandardCharsets.US_ASCII.decode(bytes.asSlice(0, count).asByteBuffer()).toString();
    }
  }
}
