// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says exactly what it is told to. It gives up waiting after a minute. */
final class TestClient implements AutoCloseable {
  private static final int MINUTE = 60_000;

  final Socket socket = new Socket();

  TestClient(InetSocketAddress server) throws IOException {
    socket.setSoTimeout(MINUTE);
    socket.connect(server, MINUTE);
  }

  void say(String requests) throws IOException {
    socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Returns so many characters of answers, fewer if the connection ends before. */
  String hear(int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  /** Says something and hears exactly this. */
  void expect(String requests, String answers) throws IOException {
    say(requests);
    assertThat(hear(answers.length())).isEqualTo(answers);
  }

  /** Returns all answers up to the end of the connection. */
  String hearAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
