// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Takes commands, one a line, at a socket in the file system, and answers each with one line.
 *
 * <p>The socket does not cross an update; the successor makes a new one in its place, so a client
 * that asked for the update reads the end of its connection and connects again.
 */
final class ControlSocket implements Closeable {
  private static final Logger LOG = System.getLogger(ControlSocket.class.getName());

  private final Path path;
  private final ServerSocketChannel listener;
  private final UnaryOperator<String> commands;
  private final Map<SocketChannel, Thread> clients = new ConcurrentHashMap<>();

  /**
   * Listens.
   *
   * @param path only its owner may connect; a socket that nobody listens at any more is replaced
   * @param commands turns a line into an answer
   */
  ControlSocket(Path path, UnaryOperator<String> commands) throws IOException {
    this.path = path;
    this.commands = commands;
    removeIfAbandoned(path);
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    Thread.ofVirtual().name("control").start(this::accept);
  }

  private static void removeIfAbandoned(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new IOException("somebody listens at " + path + " already");
    } catch (ConnectException e) {
      LOG.log(Level.DEBUG, "nobody listens at {0} any more", path);
    }
    Files.delete(path);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        Thread serving = Thread.ofVirtual().name("control-client").unstarted(() -> serve(client));
        clients.put(client, serving);
        serving.start();
      }
    } catch (ClosedChannelException e) {
      LOG.log(Level.DEBUG, "the control socket was closed");
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the control socket failed", e);
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        BufferedReader lines =
            new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
        PrintWriter answers =
            new PrintWriter(Channels.newWriter(client, StandardCharsets.UTF_8), true)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.println(commands.apply(line));
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a control client broke off", e);
    } finally {
      clients.remove(client);
    }
  }

  /** Stops listening and waits until the commands that are under way are answered. */
  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(path);
    try {
      for (Map.Entry<SocketChannel, Thread> client : Map.copyOf(clients).entrySet()) {
        hangUp(client.getKey());
        client.getValue().join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void hangUp(SocketChannel client) {
    try {
      client.shutdownInput();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a control client left first", e);
    }
  }
}
