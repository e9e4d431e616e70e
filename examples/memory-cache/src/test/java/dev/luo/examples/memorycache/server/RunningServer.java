// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.server;

import dev.luo.examples.memorycache.table.ItemTable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;

/** A cache on a free port of the loopback interface. */
final class RunningServer implements AutoCloseable {
  final ServerSocketChannel listener;
  final ItemTable table;
  final CacheServer server;

  RunningServer(ServerOptions options) throws IOException {
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    table =
        ItemTable.create(
            Arena.ofAuto().allocate(64 << 20, 4096),
            ItemTable.DEFAULT_ITEM_LIMIT,
            InstantSource.system());
    server = new CacheServer(listener, table, InstantSource.system(), options);
    server.start();
  }

  int port() throws IOException {
    return server.address().getPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
    listener.close();
  }
}
