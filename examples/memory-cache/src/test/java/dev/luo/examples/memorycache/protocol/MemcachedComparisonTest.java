// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.RequiresFacility;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That memcached itself answers what {@link Dialogues} says it does. */
@Timeout(120)
@RequiresFacility(value = "memcached", commands = "memcached")
class MemcachedComparisonTest {
  @TempDir private static Path folder;

  private static Process memcached;

  @BeforeAll
  static void start() throws IOException {
    memcached =
        new ProcessBuilder(
                "memcached",
                "-u",
                ProcessHandle.current().info().user().orElse("nobody"),
                "-s",
                socket().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
  }

  @AfterAll
  static void stop() throws InterruptedException {
    memcached.destroy();
    if (!memcached.waitFor(60, TimeUnit.SECONDS)) {
      memcached.destroyForcibly();
    }
  }

  private static Path socket() {
    return folder.resolve("socket");
  }

  static Stream<Dialogue> asMemcached() {
    return Dialogues.all().stream().filter(Dialogue::asMemcached);
  }

  /** Connects as soon as memcached listens; the test's time limit ends the waiting. */
  private static SocketChannel connect() throws IOException {
    while (true) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.connect(UnixDomainSocketAddress.of(socket()));
        return channel;
      } catch (IOException e) {
        channel.close();
        if (!memcached.isAlive()) {
          throw new IOException(Files.readString(folder.resolve("output")), e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("asMemcached")
  void memcached_answersTheSame(Dialogue dialogue) throws IOException {
    // Not flush_all: in memcached it works by the second, and would take what follows with it.
    String before = "delete a\r\ndelete b\r\ndelete c\r\ndelete n\r\nmn\r\n";
    String after = "quit\r\n";
    try (SocketChannel channel = connect()) {
      channel.write(
          ByteBuffer.wrap(
              (before + dialogue.requests() + after).getBytes(StandardCharsets.ISO_8859_1)));
      String heard =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(heard.substring(heard.indexOf("MN\r\n") + 4)).isEqualTo(dialogue.answers());
    }
  }
}
