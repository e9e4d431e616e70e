// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.examples.memorycache.server.CacheServer;
import dev.luo.examples.memorycache.table.InvalidTableException;
import dev.luo.examples.memorycache.table.ItemTable;
import dev.luo.linux.Mapping;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The cache, as a program. */
public final class MemoryCache {
  private static final int MISUSED = 2;

  private final Settings settings;
  private final CompletableFuture<@Nullable Void> toldToEnd = new CompletableFuture<>();
  private final CountDownLatch cleanedUp = new CountDownLatch(1);

  private MemoryCache(Settings settings) {
    this.settings = settings;
  }

  /** Runs the cache until it is told to end. */
  public static void main(String[] arguments)
      throws LuoException, IOException, InvalidTableException {
    Settings settings;
    try {
      settings = Settings.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + Settings.USAGE);
      System.exit(MISUSED);
      return;
    }
    new MemoryCache(settings).run();
    // If a signal is ending the program already, this never returns, and the status tells of it.
    System.exit(0);
  }

  private void run() throws LuoException, IOException, InvalidTableException {
    ServerQuiescer quiescer = new ServerQuiescer();
    // Before anything that others could notice: a predecessor may only want to know whether this
    // program could take over, and then it ends in here.
    try (LiveUpdate luo = LiveUpdate.open(Options.crossings(Crossing.EXEC).quiescer(quiescer))) {
      if (luo.incoming().isPresent()) {
        continueWith(luo, quiescer);
      } else {
        beginAnew(luo, quiescer);
      }
    } finally {
      cleanedUp.countDown();
    }
  }

  private void beginAnew(LiveUpdate luo, ServerQuiescer quiescer) throws LuoException, IOException {
    try (Estate estate = Estate.create(settings.address(), settings.byteSize());
        Mapping memory = estate.map();
        ServerSocketChannel listener = estate.listen()) {
      ItemTable table = ItemTable.create(memory.segment(), ItemTable.DEFAULT_ITEM_LIMIT, clock());
      try (CacheServer server = new CacheServer(listener, table, clock(), settings.clients())) {
        quiescer.watch(server);
        server.start();
        estate.bequeath(luo);
        serveUntilToldToEnd(luo, server, estate);
      }
    }
  }

  private void continueWith(LiveUpdate luo, ServerQuiescer quiescer)
      throws LuoException, IOException, InvalidTableException {
    try (IncomingSession session = luo.retrieveSession(Estate.SESSION);
        Estate estate = Estate.inherit(session);
        Mapping memory = estate.map();
        ServerSocketChannel listener = estate.listen()) {
      ItemTable table = ItemTable.open(memory.segment(), clock());
      try (CacheServer server = new CacheServer(listener, table, clock(), settings.clients())) {
        quiescer.watch(server);
        server.start();
        // Clients are served again: the blackout ends here, and whatever follows may take its time.
        luo.resumed();
        session.renew();
        serveUntilToldToEnd(luo, server, estate);
      }
    }
  }

  private void serveUntilToldToEnd(LiveUpdate luo, CacheServer server, Estate estate)
      throws IOException {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::endInOrder));
    if (settings.untilStdinEnds()) {
      Thread.ofPlatform().name("stdin").daemon().start(this::awaitEndOfStdin);
    }
    Commands commands = new Commands(luo, server, estate.items(), () -> toldToEnd.complete(null));
    Optional<Path> path = settings.controlPath();
    try (Closeable _ =
        path.isPresent() ? new ControlSocket(path.get(), commands::execute) : () -> {}) {
      announce(server);
      var _ = CompletableFuture.anyOf(toldToEnd, server.ended()).join();
    }
  }

  private static void announce(CacheServer server) throws IOException {
    InetSocketAddress address = server.address();
    System.out.println(
        "listening at " + address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  private void awaitEndOfStdin() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.getLogger(MemoryCache.class.getName()).log(Level.WARNING, "standard input", e);
    }
    toldToEnd.complete(null);
  }

  /** For signals: lets the main thread close everything before the JVM ends. */
  private void endInOrder() {
    toldToEnd.complete(null);
    try {
      cleanedUp.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static InstantSource clock() {
    return InstantSource.system();
  }
}
