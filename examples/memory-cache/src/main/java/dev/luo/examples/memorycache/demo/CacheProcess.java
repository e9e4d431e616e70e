// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.luo.examples.memorycache.MemoryCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The cache as a child process. It ends with this object, and if this process is killed, it notices
 * that its standard input ends.
 */
final class CacheProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(2);

  /** What makes the cache end with this process. */
  static final List<String> DEPENDENT = List.of("--until-stdin-ends");

  private static final String LISTENING = "listening at ";

  private final Leftovers leftovers = new Leftovers();
  private final Path log;
  private final Path control;
  private final Process process;
  private final InetSocketAddress address;

  /**
   * Starts the cache, with its control socket in a folder of its own, and waits until it listens.
   * If its start was {@linkplain Training trained}, that is made use of.
   */
  CacheProcess(long byteSize) throws IOException {
    this(byteSize, isTrained() ? List.of("-XX:AOTCache=" + aotCache()) : List.of(), DEPENDENT);
  }

  CacheProcess(long byteSize, List<String> javaOptions, List<String> cacheOptions)
      throws IOException {
    Path folder =
        leftovers.create(() -> Files.createTempDirectory("memory-cache-"), Files::deleteIfExists);
    log = leftovers.create(() -> folder.resolve("log"), Files::deleteIfExists);
    control = leftovers.create(() -> folder.resolve("control"), Files::deleteIfExists);
    ProcessBuilder builder =
        new ProcessBuilder(command(javaOptions, byteSize, control, cacheOptions))
            .redirectError(log.toFile());
    process = leftovers.create(builder::start, CacheProcess::end);
    try {
      address = awaitAddress();
    } catch (IOException e) {
      close();
      throw reasonFor(e);
    }
  }

  /**
   * Returns why something failed, once this is closed. An interrupt from the terminal reaches the
   * cache as well, so the cache may well be gone before this program itself is told to end.
   */
  IOException reasonFor(IOException failure) {
    return process.exitValue() == Failure.INTERRUPTED ? new InterruptedCacheException() : failure;
  }

  private static void end(Process process) throws IOException, InterruptedException {
    // Only programs that are being tried whether they could take over: nothing is lost with them.
    List<ProcessHandle> candidates = process.descendants().toList();
    process.getOutputStream().close();
    candidates.forEach(ProcessHandle::destroyForcibly);
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    candidates.forEach(candidate -> candidate.onExit().join());
  }

  /** Returns the whole command that starts the cache. */
  static List<String> command(
      List<String> javaOptions, long byteSize, Path control, List<String> cacheOptions) {
    List<String> command = javaCommand(javaOptions);
    command.addAll(List.of("--listen=127.0.0.1:0", "--size=" + byteSize, "--control=" + control));
    command.addAll(cacheOptions);
    return command;
  }

  /**
   * Returns how the cache is started: as this demonstration was, from its jar or from a class path.
   * The small collector and the quick compiler shorten the start, which is most of the blackout.
   */
  static List<String> javaCommand(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.addAll(options);
    Path code = codeLocation();
    if (code.toString().endsWith(".jar")) {
      command.addAll(List.of("-jar", code.toString()));
    } else {
      // What the manifest of the jar says otherwise.
      command.addAll(
          List.of(
              "--enable-native-access=ALL-UNNAMED",
              "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
              "--add-opens=java.base/java.io=ALL-UNNAMED",
              "--class-path",
              System.getProperty("java.class.path", ""),
              MemoryCache.class.getName()));
    }
    return command;
  }

  /** The JVM would refuse what was trained with another jar, and say so at every start. */
  private static boolean isTrained() throws IOException {
    return Files.exists(aotCache())
        && Files.getLastModifiedTime(aotCache())
                .compareTo(Files.getLastModifiedTime(codeLocation()))
            > 0;
  }

  /** Returns where the result of training lies, if there is one. */
  static Path aotCache() {
    return codeLocation().resolveSibling("memory-cache.aot");
  }

  /** Returns the jar or folder that this program is run from. */
  static Path codeLocation() {
    try {
      return Path.of(MemoryCache.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private InetSocketAddress awaitAddress() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(LISTENING)) {
        String port = line.substring(line.lastIndexOf(':') + 1);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
      }
    }
    throw new IOException("the cache did not start: " + Files.readString(log));
  }

  InetSocketAddress address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Replaces the cache and waits until its successor can tell how it went.
   *
   * @return the successor's report
   * @throws IOException if the update was refused, or if nobody came back
   */
  Map<String, Object> update() throws IOException {
    long before = generation(ask("report").orElseThrow());
    Optional<Map<String, Object>> refusal = ask("update");
    if (refusal.isPresent()) {
      throw new IOException("the update was refused: " + refusal.get());
    }
    return awaitReport(before + 1);
  }

  /** Waits for the report of a generation, whatever process has it. */
  Map<String, Object> awaitReport(long generation) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      Optional<Map<String, Object>> report = askIfThere("report");
      if (report.isPresent() && generation(report.get()) >= generation) {
        return report.get();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new IOException("the successor did not come up: " + Files.readString(log));
  }

  /** Returns a number that the cache keeps about itself. */
  long statistic(String name) throws IOException {
    try (CacheClient client = new CacheClient(address)) {
      return client.statistic(name);
    }
  }

  /** Returns how many bytes the kernel has given the cache for its items. */
  long allocatedBytes() throws IOException {
    return Outcome.number(ask("report").orElseThrow(), "allocatedBytes");
  }

  /** Returns what is wrong with the table; empty if nothing is. */
  String verify() throws IOException {
    return String.valueOf(ask("verify").orElseThrow().get("broken"));
  }

  private static long generation(Map<String, Object> report) {
    return report.get("generation") instanceof Number generation ? generation.longValue() : 0;
  }

  private Optional<Map<String, Object>> askIfThere(String command) {
    try {
      return ask(command);
    } catch (IOException e) {
      // Between two generations nobody listens.
      return Optional.empty();
    }
  }

  /** Returns the answer; empty if the connection ended without one. */
  Optional<Map<String, Object>> ask(String command) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(control));
        PrintWriter request =
            new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), true);
        BufferedReader answers =
            new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
      request.println(command);
      String answer = answers.readLine();
      return answer == null ? Optional.empty() : Optional.of(JSON.std.mapFrom(answer));
    }
  }

  Path controlPath() {
    return control;
  }

  /** Asks the process to end, as an operator would. */
  void terminate() {
    process.destroy();
  }

  /** Waits for the process to end. */
  int exitStatus() throws InterruptedException {
    return process.waitFor();
  }

  /** Ends the cache and removes its folder; may be called again. */
  @Override
  public void close() {
    leftovers.close();
  }
}
