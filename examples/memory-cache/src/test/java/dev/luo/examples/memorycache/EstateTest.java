// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.examples.memorycache.table.InvalidTableException;
import dev.luo.examples.memorycache.table.ItemTable;
import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class EstateTest {
  private static final long BYTE_SIZE = 1 << 20;

  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void create_makesMemoryForATableAndASocketToConnectTo()
      throws IOException, InvalidTableException {
    InstantSource clock = InstantSource.system();
    try (Estate estate = Estate.create(FREE, BYTE_SIZE)) {
      try (Mapping memory = estate.map()) {
        assertThat(memory.byteSize()).isEqualTo(BYTE_SIZE);
        ItemTable.create(memory.segment(), ItemTable.DEFAULT_ITEM_LIMIT, clock).verify();
      }
      try (Mapping again = estate.map()) {
        ItemTable.open(again.segment(), clock).verify();
      }
      try (ServerSocketChannel listener = estate.listen();
          SocketChannel client = SocketChannel.open(listener.getLocalAddress());
          SocketChannel accepted = listener.accept()) {
        assertThat(accepted.getRemoteAddress()).isEqualTo(client.getLocalAddress());
      }
    }
  }

  @Test
  void create_atAnAddressInUse_leavesNothingOpen() throws IOException {
    try (ServerSocketChannel other = ServerSocketChannel.open().bind(FREE)) {
      InetSocketAddress taken = (InetSocketAddress) other.getLocalAddress();
      assertThatExceptionOfType(LinuxException.class)
          .isThrownBy(() -> Estate.create(taken, BYTE_SIZE))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EADDRINUSE));
    }
  }

  @Test
  void create_ofImpossibleSize_leavesNothingOpen() {
    assertThatExceptionOfType(LinuxException.class).isThrownBy(() -> Estate.create(FREE, -1));
  }
}
