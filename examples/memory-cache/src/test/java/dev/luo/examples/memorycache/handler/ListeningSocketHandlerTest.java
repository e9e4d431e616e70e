// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.luo.linux.Errno;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.socket.InternetName;
import dev.luo.linux.socket.SocketDomain;
import dev.luo.linux.socket.SocketType;
import dev.luo.linux.socket.Sockets;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Fidelity;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.IncomingMemory;
import dev.luo.spi.IncomingRecord;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Slot;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class ListeningSocketHandlerTest {
  private static final Handle HANDLE = Handle.of(0x1000);
  private static final Slot SLOT = new Slot(7);

  private final ListeningSocketHandler handler = new ListeningSocketHandler();
  private final Fd listening = listen();
  private MemorySegment record = MemorySegment.NULL;

  ListeningSocketHandlerTest() throws IOException {}

  @AfterEach
  void close() {
    listening.close();
  }

  private static Fd listen() throws IOException {
    Fd socket = Sockets.create(SocketDomain.INET, SocketType.STREAM);
    Sockets.bind(
        socket, new InternetName(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    Sockets.listen(socket, 1);
    return socket;
  }

  /** What preserve writes for the socket. */
  private void preserve() throws Exception {
    HandoverMemory memory = mock(HandoverMemory.class);
    when(memory.allocate(anyLong()))
        .thenAnswer(call -> {
          record = Arena.ofAuto().allocate(call.<Long>getArgument(0), 8);
          return HANDLE;
        });
    when(memory.map(HANDLE)).thenAnswer(call -> record);
    OutgoingContext context = mock(OutgoingContext.class);
    when(context.file()).thenReturn(listening);
    when(context.memory()).thenReturn(memory);
    when(context.carry(listening)).thenReturn(SLOT);
    assertThat(handler.preserve(context).handle()).isEqualTo(HANDLE);
  }

  private <C extends IncomingRecord> C arrived(Class<C> type, Fd file) throws Exception {
    IncomingMemory memory = mock(IncomingMemory.class);
    when(memory.map(HANDLE)).thenReturn(record);
    C context = mock(type);
    when(context.handle()).thenReturn(HANDLE);
    when(context.memory()).thenReturn(memory);
    doReturn(file).when(context).borrow(SLOT);
    return context;
  }

  @Test
  void handler_isNamedForTheServiceLoader() throws IOException {
    // On the module path "provides" counts, on the class path this file does.
    try (var services =
        ListeningSocketHandler.class.getResourceAsStream(
            "/META-INF/services/dev.luo.spi.FileHandler")) {
      assertThat(services).hasContent(ListeningSocketHandler.class.getName());
    }
  }

  @Test
  void canPreserve_listeningStreamSocketsOnly() throws IOException {
    assertThat(handler.canPreserve(listening)).isTrue();
    try (Fd idle = Sockets.create(SocketDomain.INET, SocketType.STREAM);
        Fd datagrams = Sockets.create(SocketDomain.INET, SocketType.DATAGRAM);
        Fd event = EventFd.create(0)) {
      assertThat(handler.canPreserve(idle)).isFalse();
      assertThat(handler.canPreserve(datagrams)).isFalse();
      assertThat(handler.canPreserve(event)).isFalse();
    }
  }

  @Test
  void retrieve_lendsTheSameSocket() throws Exception {
    preserve();
    Restored restored = handler.retrieve(arrived(IncomingContext.class, listening));
    assertThat(restored.fidelity()).isEqualTo(Fidelity.LIVE);
    assertThat(restored.file().number()).isEqualTo(listening.number());
  }

  @Test
  void retrieve_ofAnotherKindOfFile() throws Exception {
    preserve();
    try (Fd event = EventFd.create(0)) {
      IncomingContext context = arrived(IncomingContext.class, event);
      assertThatExceptionOfType(HandlerException.class)
          .isThrownBy(() -> handler.retrieve(context))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOTSOCK));
    }
  }

  @Test
  void verify_ofTheSameSocket() throws Exception {
    preserve();
    RestoredContext context = arrived(RestoredContext.class, listening);
    when(context.restored()).thenReturn(Restored.live(listening));
    handler.verify(context);
  }

  @Test
  void verify_ofAnotherSocket() throws Exception {
    preserve();
    try (Fd other = listen()) {
      RestoredContext context = arrived(RestoredContext.class, other);
      when(context.restored()).thenReturn(Restored.live(other));
      assertThatExceptionOfType(HandlerException.class)
          .isThrownBy(() -> handler.verify(context))
          .withMessageContaining("listens at");
    }
  }

  @Test
  void record_cutShortOrBeyondItsEnd() throws Exception {
    preserve();
    for (long size = 0; size < record.byteSize(); size++) {
      MemorySegment cut = record.asSlice(0, size);
      assertThatExceptionOfType(CorruptRecordException.class)
          .isThrownBy(() -> ListeningSocketRecord.decode(cut));
    }
    record.fill((byte) 0xff);
    assertThatExceptionOfType(CorruptRecordException.class)
        .isThrownBy(() -> ListeningSocketRecord.decode(record));
    record.fill((byte) 0);
    assertThatExceptionOfType(CorruptRecordException.class)
        .isThrownBy(() -> ListeningSocketRecord.decode(record))
        .withMessageContaining("slot");
  }
}
