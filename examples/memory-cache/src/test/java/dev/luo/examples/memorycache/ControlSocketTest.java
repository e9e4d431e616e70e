// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.luo.testing.NoDescriptorLeaks;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@NoDescriptorLeaks
class ControlSocketTest {
  @TempDir private Path folder;

  private Path path = Path.of("");

  @BeforeEach
  void choosePath() {
    path = folder.resolve("control");
  }

  private ControlSocket open() throws IOException {
    return new ControlSocket(path, line -> line.toUpperCase(Locale.ROOT));
  }

  private List<String> say(String lines) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
        BufferedReader answers =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      channel.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      return answers.lines().toList();
    }
  }

  @Test
  void line_isAnswered() throws IOException {
    try (ControlSocket _ = open()) {
      assertThat(say("a\nb\n")).containsExactly("A", "B");
      assertThat(say("c")).containsExactly("C");
      assertThat(say("")).isEmpty();
    }
  }

  @Test
  void socket_isForItsOwnerOnly() throws IOException {
    try (ControlSocket _ = open()) {
      assertThat(Files.getPosixFilePermissions(path))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void close_removesTheSocket() throws IOException {
    open().close();
    assertThat(path).doesNotExist();
  }

  @Test
  void abandonedSocket_isReplaced() throws IOException {
    // What is left after an exec: a name that nobody listens at.
    try (ServerSocketChannel predecessor = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      predecessor.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(path).exists();
    try (ControlSocket _ = open()) {
      assertThat(say("a")).containsExactly("A");
    }
  }

  @Test
  void socketInUse_isRefusedAndLeftAlone() throws IOException {
    try (ControlSocket _ = open()) {
      assertThatIOException().isThrownBy(this::open).withMessageContaining("already");
      assertThat(say("a")).containsExactly("A");
    }
  }
}
