// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.examples.memorycache.server.CacheServer;
import dev.luo.examples.memorycache.server.ServerOptions;
import dev.luo.examples.memorycache.table.InvalidTableException;
import dev.luo.examples.memorycache.table.ItemTable;
import dev.luo.linux.Mapping;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The cache, as a program. */
@Command(
    name = "memory-cache",
    mixinStandardHelpOptions = true,
    description = "A memcached that is replaced by its next version without losing an item.")
public final class MemoryCache implements Callable<Integer> {
  @Option(
      names = "--listen",
      paramLabel = "<host:port>",
      defaultValue = "127.0.0.1:11211",
      converter = HostAndPort.class,
      description = "Where clients connect to; port 0 for a free one (default: ${DEFAULT-VALUE}).")
  private InetSocketAddress address = new InetSocketAddress(0);

  @Option(
      names = "--size",
      paramLabel = "<bytes>",
      defaultValue = "64m",
      converter = ByteSize.class,
      description = "Memory for items, such as 64m or 8g (default: ${DEFAULT-VALUE}).")
  private long byteSize;

  @Option(
      names = "--control",
      paramLabel = "<path>",
      description = "Take commands at a socket of this name: update, report, verify, quit.")
  private @Nullable Path control;

  @Option(
      names = "--connections",
      paramLabel = "<n>",
      defaultValue = "1024",
      description = "Clients at once (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--idle",
      paramLabel = "<duration>",
      defaultValue = "PT0S",
      description = "Close connections silent for so long, such as PT5M (default: never).")
  private Duration idle = Duration.ZERO;

  @Option(
      names = "--until-stdin-ends",
      description = "End when standard input does, and so with the program at its other end.")
  private boolean untilStdinEnds;

  private final CompletableFuture<@Nullable Void> toldToEnd = new CompletableFuture<>();
  private final CountDownLatch cleanedUp = new CountDownLatch(1);

  private MemoryCache() {}

  /** Runs the cache until it is told to end. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new MemoryCache()).execute(arguments));
  }

  @Override
  public Integer call() throws LuoException, IOException, InvalidTableException {
    ServerQuiescer quiescer = new ServerQuiescer();
    // First of all: where a predecessor only asks whether this program could take over, it ends
    // here.
    try (LiveUpdate luo = LiveUpdate.open(Options.crossings(Crossing.EXEC).quiescer(quiescer))) {
      if (luo.incoming().isPresent()) {
        continueWith(luo, quiescer);
      } else {
        beginAnew(luo, quiescer);
      }
    } finally {
      cleanedUp.countDown();
    }
    return CommandLine.ExitCode.OK;
  }

  private void beginAnew(LiveUpdate luo, ServerQuiescer quiescer) throws LuoException, IOException {
    try (Estate estate = Estate.create(address, byteSize);
        Mapping memory = estate.map();
        ServerSocketChannel listener = estate.listen()) {
      ItemTable table = ItemTable.create(memory.segment(), ItemTable.DEFAULT_ITEM_LIMIT, clock());
      try (CacheServer server = new CacheServer(listener, table, clock(), serverOptions())) {
        quiescer.watch(server);
        server.start();
        estate.bequeath(luo);
        serveUntilToldToEnd(luo, server);
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
      try (CacheServer server = new CacheServer(listener, table, clock(), serverOptions())) {
        quiescer.watch(server);
        server.start();
        // Clients are served again: the blackout ends here, and whatever follows may take its time.
        luo.resumed();
        session.finish();
        estate.bequeath(luo);
        serveUntilToldToEnd(luo, server);
      }
    }
  }

  private void serveUntilToldToEnd(LiveUpdate luo, CacheServer server) throws IOException {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::endInOrder));
    if (untilStdinEnds) {
      Thread.ofPlatform().name("stdin").daemon().start(this::awaitEndOfStdin);
    }
    if (control == null) {
      announce(server);
      awaitEnd(server);
      return;
    }
    Commands commands = new Commands(luo, server, () -> toldToEnd.complete(null));
    try (ControlSocket _ = new ControlSocket(control, commands::execute)) {
      announce(server);
      awaitEnd(server);
    }
  }

  /** Returns when told to end, and throws if the server ends without being told. */
  private void awaitEnd(CacheServer server) {
    var _ = CompletableFuture.anyOf(toldToEnd, server.ended()).join();
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

  private ServerOptions serverOptions() {
    return new ServerOptions(connections, idle);
  }

  private static InstantSource clock() {
    return InstantSource.system();
  }
}
