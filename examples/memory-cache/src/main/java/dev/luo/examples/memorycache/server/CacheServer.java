// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.server;

import dev.luo.examples.memorycache.protocol.Conversation;
import dev.luo.examples.memorycache.table.ItemTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves a table to the clients that connect to a listening socket.
 *
 * <p>{@link #start}, then any number of {@link #pause} and {@link #resume}, then {@link #close};
 * all of them may be called from any thread. The table belongs to the server's own thread from the
 * start on, except while it is paused: then nobody touches it and the caller may.
 *
 * <p>The listening socket stays open when the server is closed, for it may have a second life.
 */
public final class CacheServer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(CacheServer.class.getName());

  /** How often idle connections are looked for, and how long a failed accept is not repeated. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final ServerSocketChannel listener;
  private final ItemTable table;
  private final InstantSource clock;
  private final ServerOptions options;
  private final Selector selector;
  private final SelectionKey listening;
  private final Thread thread;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile boolean closing;
  private final Queue<Task<?>> orders = new ConcurrentLinkedQueue<>();
  private final Queue<Task<?>> questions = new ConcurrentLinkedQueue<>();

  // Everything below belongs to the server's thread.
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final long startNanos = System.nanoTime();
  private long accepted;
  private boolean atRest;
  private long lastTick = System.nanoTime();

  /**
   * Prepares a server.
   *
   * @param listener bound; it is made non-blocking
   * @throws IOException if the socket cannot be watched
   */
  public CacheServer(
      ServerSocketChannel listener, ItemTable table, InstantSource clock, ServerOptions options)
      throws IOException {
    this.listener = listener;
    this.table = table;
    this.clock = clock;
    this.options = options;
    this.selector = Selector.open();
    listener.configureBlocking(false);
    this.listening = listener.register(selector, SelectionKey.OP_ACCEPT);
    this.thread = Thread.ofPlatform().name("cache").unstarted(this::run);
  }

  /** Begins to serve. */
  public void start() {
    thread.start();
  }

  /** Returns where clients connect to. */
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) listener.getLocalAddress();
  }

  /**
   * Comes to rest: answers what was completely asked, sends the answers, closes the connections in
   * order, and touches the table no more. New connections wait in the socket's backlog.
   *
   * @param patience how long to wait for clients that do not read their answers
   * @return done when the table is at rest
   */
  public CompletableFuture<@Nullable Void> pause(Duration patience) {
    return order(() -> comeToRest(patience));
  }

  /** Serves again, as if nothing had happened; what waited in the backlog comes first. */
  public CompletableFuture<@Nullable Void> resume() {
    return order(() -> {
      atRest = false;
      updateListening();
    });
  }

  /**
   * Asks the table something between two requests. While the server is paused, questions wait.
   *
   * @return the answer, or what the question threw
   */
  public <T extends @Nullable Object> CompletableFuture<T> ask(Function<ItemTable, T> question) {
    return enqueue(questions, () -> question.apply(table));
  }

  /** Returns a future that is done when the server has ended, and failed if it ended of itself. */
  public CompletableFuture<@Nullable Void> ended() {
    return ended.copy();
  }

  /** Closes all connections as they are and ends the thread; waits for both. */
  @Override
  public void close() {
    closing = true;
    if (thread.getState() == Thread.State.NEW) {
      end();
      return;
    }
    selector.wakeup();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<@Nullable Void> order(Runnable action) {
    return this.<@Nullable Void>enqueue(
        orders,
        () -> {
          action.run();
          return null;
        });
  }

  private <T extends @Nullable Object> CompletableFuture<T> enqueue(
      Queue<Task<?>> queue, Supplier<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    queue.add(new Task<>(action, result));
    selector.wakeup();
    if (ended.isDone()) {
      abandonTasks();
    }
    return result;
  }

  private void run() {
    try {
      while (!closing) {
        selector.select(this::ready, TICK.toMillis());
        drain(orders, Task::run);
        if (!atRest) {
          drain(questions, Task::run);
          tick();
        }
      }
      end();
    } catch (IOException | RuntimeException | Error e) {
      LOG.log(Level.ERROR, "the cache stopped", e);
      ended.completeExceptionally(e);
      end();
    }
  }

  private static void drain(Queue<Task<?>> queue, Consumer<Task<?>> action) {
    for (Task<?> next = queue.poll(); next != null; next = queue.poll()) {
      action.accept(next);
    }
  }

  private void abandonTasks() {
    drain(orders, Task::abandon);
    drain(questions, Task::abandon);
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof Connection connection) {
      serve(connection);
    } else {
      accept();
    }
  }

  private void accept() {
    try {
      while (connections.size() < options.connections()) {
        SocketChannel channel = listener.accept();
        if (channel == null) {
          return;
        }
        accepted++;
        connections.add(connect(channel));
      }
    } catch (IOException e) {
      // Mostly a lack of descriptors. Trying again at once would fail again at once; a tick will.
      LOG.log(Level.WARNING, "cannot accept a connection", e);
      listening.interestOps(0);
      return;
    }
    updateListening();
  }

  private Connection connect(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    Connection connection =
        new Connection(
            channel, key, new Conversation(table, clock, this::statistics, Conversation.State.NEW));
    key.attach(connection);
    return connection;
  }

  private void serve(Connection connection) {
    try {
      if (connection.serve()) {
        return;
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection broke", e);
    }
    disconnect(connection);
  }

  private void disconnect(Connection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection broke before it was closed", e);
    }
    connections.remove(connection);
    updateListening();
  }

  private void updateListening() {
    boolean accepts = !atRest && connections.size() < options.connections();
    if (listening.isValid()) {
      listening.interestOps(accepts ? SelectionKey.OP_ACCEPT : 0);
    }
  }

  private void comeToRest(Duration patience) {
    atRest = true;
    updateListening();
    long deadline = System.nanoTime() + patience.toNanos();
    for (Connection connection : List.copyOf(connections)) {
      settle(connection, Connection::hearLastWords);
    }
    try {
      long left = patience.toMillis();
      while (!connections.isEmpty() && left > 0) {
        selector.select(this::settleReady, left);
        left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    disconnectAll();
  }

  private void disconnectAll() {
    for (Connection connection : List.copyOf(connections)) {
      disconnect(connection);
    }
  }

  private void settleReady(SelectionKey key) {
    if (key.attachment() instanceof Connection connection) {
      settle(connection, Connection::answerAndSend);
    }
  }

  private void settle(Connection connection, Settling step) {
    try {
      step.applyTo(connection);
      if (!connection.isSettled()) {
        return;
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection broke", e);
    }
    disconnect(connection);
  }

  private void tick() {
    long now = System.nanoTime();
    if (now - lastTick < TICK.toNanos()) {
      return;
    }
    lastTick = now;
    updateListening();
    if (!options.idle().isZero()) {
      long oldest = now - options.idle().toNanos();
      for (Connection connection : List.copyOf(connections)) {
        if (connection.lastActive() - oldest < 0) {
          disconnect(connection);
        }
      }
    }
  }

  private Map<String, String> statistics() {
    Map<String, String> statistics = new LinkedHashMap<>();
    statistics.put("pid", Long.toString(ProcessHandle.current().pid()));
    statistics.put(
        "uptime", Long.toString(Duration.ofNanos(System.nanoTime() - startNanos).toSeconds()));
    statistics.put("time", Long.toString(clock.instant().getEpochSecond()));
    statistics.put("version", Conversation.VERSION);
    statistics.put("pointer_size", "64");
    statistics.put("threads", "1");
    statistics.put("max_connections", Integer.toString(options.connections()));
    statistics.put("curr_connections", Integer.toString(connections.size()));
    statistics.put("total_connections", Long.toString(accepted));
    return statistics;
  }

  private void end() {
    disconnectAll();
    try {
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot close the selector", e);
    }
    ended.complete(null);
    abandonTasks();
  }

  /** A step towards a connection that can be closed. */
  @FunctionalInterface
  private interface Settling {
    void applyTo(Connection connection) throws IOException;
  }
}
