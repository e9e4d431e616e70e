// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import dev.luo.examples.memorycache.server.ServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command line. It is read by hand: a successor reads it while clients wait, and to load a
 * library for that takes longer than all the rest it does meanwhile.
 *
 * @param address where clients connect to
 * @param byteSize how much memory the items get
 * @param controlPath where commands are taken, if anywhere
 * @param clients what clients may do
 * @param untilStdinEnds whether to end when standard input does
 */
record Settings(
    InetSocketAddress address,
    long byteSize,
    Optional<Path> controlPath,
    ServerOptions clients,
    boolean untilStdinEnds) {

  static final String USAGE =
      """
      usage: memory-cache [options]
        --listen=<host:port>  where clients connect to; port 0 for a free one (127.0.0.1:11211)
        --size=<bytes>        memory for items, such as 64m or 8g (64m)
        --control=<path>      take commands at a socket of this name: update, report, verify, quit
        --connections=<n>     clients at once (1024)
        --idle=<seconds>      close connections that are silent for so long (0: never)
        --until-stdin-ends    end when standard input does, and so with the program at its other end\
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException that says what is wrong with it
   */
  static Settings parse(String... arguments) {
    String listen = "127.0.0.1:11211";
    String size = "64m";
    String connections = Integer.toString(ServerOptions.DEFAULT.connections());
    String idle = "0";
    @Nullable String control = null;
    boolean untilStdinEnds = false;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value = argument.substring(equals + 1);
      switch (name) {
        case "--listen" -> listen = value;
        case "--size" -> size = value;
        case "--control" -> control = value;
        case "--connections" -> connections = value;
        case "--idle" -> idle = value;
        case "--until-stdin-ends" -> untilStdinEnds = true;
        default -> throw new IllegalArgumentException("unknown option " + name);
      }
    }
    return new Settings(
        address(listen),
        ByteSize.parse(size),
        Optional.ofNullable(control).map(Path::of),
        new ServerOptions(number(connections, 1), Duration.ofSeconds(number(idle, 0))),
        untilStdinEnds);
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not a host and a port: " + text);
    }
    try {
      InetAddress host = InetAddress.getAllByName(text.substring(0, colon))[0];
      return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("not a known host and a port: " + text, e);
    }
  }

  private static int number(String text, int least) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + text, e);
    }
    throw new IllegalArgumentException("less than " + least + ": " + text);
  }
}
