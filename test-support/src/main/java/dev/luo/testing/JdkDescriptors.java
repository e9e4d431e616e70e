// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Pipe;

/**
 * Makes the JDK open, once a process, the descriptors it opens at first use and never closes.
 *
 * <p>They are sockets, pipes and epoll instances, which is what tests of luo leak as well: they
 * cannot be told apart later, so they have to be there from the start.
 */
final class JdkDescriptors {
  private static boolean opened;

  private JdkDescriptors() {}

  static synchronized void open() {
    if (opened) {
      return;
    }
    try {
      blockVirtualThread();
      AsynchronousSocketChannel.open().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    opened = true;
  }

  /**
   * Lets a virtual thread wait for input. It is the first to do so that opens the epoll instances
   * of the pollers, and the first channel that opens the socket which channels are closed with.
   */
  private static void blockVirtualThread() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      Thread reader = Thread.startVirtualThread(() -> readByte(source));
      while (reader.getState() != Thread.State.WAITING
          && reader.getState() != Thread.State.TERMINATED) {
        Thread.onSpinWait();
      }
      sink.write(ByteBuffer.allocate(1));
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the JDK opened its descriptors", e);
    }
  }

  private static void readByte(Pipe.SourceChannel source) {
    try {
      source.read(ByteBuffer.allocate(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
