// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection to the cache. Requests are sent by {@link #flush}, or when many have gathered. */
final class CacheClient implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;
  private static final int PATIENCE_MILLIS = 60_000;

  /** Sends something. */
  @FunctionalInterface
  interface Request {
    void send() throws IOException;
  }

  private final Socket socket = new Socket();
  private final InputStream input;
  private final OutputStream output;

  CacheClient(InetSocketAddress address) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(address, PATIENCE_MILLIS);
      input = new BufferedInputStream(socket.getInputStream(), BUFFER);
      output = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Writes a line of request. */
  void line(String text) throws IOException {
    output.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes a request to store. */
  void set(String key, byte[] value, boolean noreply) throws IOException {
    line("set " + key + " 0 0 " + value.length + (noreply ? " noreply" : ""));
    output.write(value);
    line("");
  }

  void flush() throws IOException {
    output.flush();
  }

  /** Waits until everything was done that is sent without wanting an answer. */
  void awaitUnanswered() throws IOException {
    // Answered in its turn, so after everything before it.
    ask("version");
  }

  /** Returns a number that the cache keeps about itself. */
  long statistic(String name) throws IOException {
    String wanted = "STAT " + name + " ";
    long value = 0;
    for (String line = ask("stats"); !line.equals("END"); line = answer()) {
      if (line.startsWith(wanted)) {
        value = Long.parseLong(line.substring(wanted.length()));
      }
    }
    return value;
  }

  /** Stores something and returns how much space the cache needs for it. */
  long spaceTakenBy(Request store) throws IOException {
    long before = statistic("bytes");
    store.send();
    return statistic("bytes") - before;
  }

  /** Sends a line and returns the line that answers it. */
  String ask(String request) throws IOException {
    line(request);
    flush();
    return answer();
  }

  /** Returns the next line of answer. */
  String answer() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = input.read(); octet != '\n'; octet = input.read()) {
      if (octet < 0) {
        throw new EOFException("the connection ended");
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.US_ASCII).stripTrailing();
  }

  /** Returns one value, or null. */
  byte @Nullable [] get(String key) throws IOException {
    return getAll(key).get(key);
  }

  /** Returns the values of the keys that are there; the keys are separated by spaces. */
  Map<String, byte[]> getAll(String keys) throws IOException {
    line("get " + keys);
    flush();
    Map<String, byte[]> values = new HashMap<>();
    for (String line = answer(); !line.equals("END"); line = answer()) {
      String[] words = line.split(" ", -1);
      if (!words[0].equals("VALUE")) {
        throw new UnexpectedAnswerException("get " + keys, line);
      }
      byte[] value = input.readNBytes(Integer.parseInt(words[3]));
      if (!answer().isEmpty()) {
        throw new UnexpectedAnswerException("get " + words[1], "a value longer than announced");
      }
      values.put(words[1], value);
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
