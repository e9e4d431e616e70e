// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.OutgoingSession;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.socket.InternetName;
import dev.luo.linux.socket.SocketChannels;
import dev.luo.linux.socket.SocketOption;
import dev.luo.linux.socket.SocketType;
import dev.luo.linux.socket.Sockets;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/**
 * What outlives the program: the memory that the items are in, and the socket that clients connect
 * to.
 *
 * @param items a memfd
 * @param listener a listening socket
 */
record Estate(Fd items, Fd listener) implements AutoCloseable {
  static final String SESSION = "memory-cache";
  static final Token ITEMS = Token.of(1);
  static final Token LISTENER = Token.of(2);

  private static final int BACKLOG = 1024;

  /** Creates what there is not yet. */
  static Estate create(InetSocketAddress address, long byteSize) throws IOException {
    Fd listener = listenAt(new InternetName(address));
    try {
      return new Estate(createMemory(byteSize), listener);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  private static Fd listenAt(InternetName name) throws IOException {
    Fd listener = Sockets.create(name.domain(), SocketType.STREAM);
    try {
      Sockets.option(listener, SocketOption.REUSE_ADDRESS, 1);
      Sockets.bind(listener, name);
      Sockets.listen(listener, BACKLOG);
      return listener;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  private static Fd createMemory(long byteSize) throws IOException {
    Fd items = Memfd.create("memory-cache", MemfdFlag.ALLOW_SEALING);
    try {
      FileIo.truncate(items, byteSize);
      // Nobody can pull the memory away from under its mapping any more.
      Memfd.addSeals(items, Seal.SHRINK, Seal.GROW);
      return items;
    } catch (IOException e) {
      items.close();
      throw e;
    }
  }

  /** Takes what the predecessor left. */
  static Estate inherit(IncomingSession session) throws LuoException {
    return new Estate(session.retrieve(ITEMS).file(), session.retrieve(LISTENER).file());
  }

  /** Leaves everything to the next one. */
  void bequeath(LiveUpdate luo) throws LuoException {
    OutgoingSession session = luo.createSession(SESSION);
    session.preserve(ITEMS, items);
    session.preserve(LISTENER, listener);
  }

  /** Maps the memory; the mapping is the caller's. */
  Mapping map() throws IOException {
    return Mapping.map(items, FileIo.size(items));
  }

  /** Opens the socket; the channel is the caller's. */
  ServerSocketChannel listen() throws IOException {
    return SocketChannels.adoptListening(listener.duplicate());
  }

  @Override
  public void close() {
    items.close();
    listener.close();
  }
}
