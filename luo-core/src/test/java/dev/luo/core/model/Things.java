// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The memfds of the game, each opened twice, and how many descriptors there are beside them. */
final class Things implements AutoCloseable {

  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private final List<List<Fd>> openings = new ArrayList<>();
  private final Map<FileIdentity, Integer> numbers = new HashMap<>();
  private final Fd closed;

  /** What the quick count counts beside memfds. */
  private long others;

  /** The memfds that were there before the game. */
  private long before;

  Things() throws LinuxException, IOException {
    for (int thing = 0; thing < World.THINGS; thing++) {
      Fd memfd = Memfd.create("thing-" + thing);
      openings.add(List.of(memfd, Open.again(memfd, OpenFlag.READ_WRITE)));
      numbers.put(memfd.identity(), thing);
    }
    closed = openings.getFirst().getFirst().duplicate();
    closed.close();
    begin();
  }

  /** Begins to count: what is open now belongs to nobody in the game. */
  void begin() throws IOException {
    if (quickCount() != others + before) {
      before = memfds();
      others = quickCount() - before;
    }
  }

  /** Which thing a descriptor stands for. */
  int number(Fd fd) {
    try {
      Integer number = numbers.get(fd.identity());
      if (number == null) {
        throw new AssertionError("none of the things: " + fd.describe());
      }
      return number;
    } catch (LinuxException e) {
      throw new AssertionError(e);
    }
  }

  /** Which thing a descriptor stands for, and which opening of it. */
  String describe(Fd fd) throws LinuxException {
    int thing = number(fd);
    int opening = openings.get(thing).getFirst().sameFile(fd) ? 0 : 1;
    if (!openings.get(thing).get(opening).sameFile(fd)) {
      throw new AssertionError("a third opening of thing " + thing);
    }
    return "thing " + thing + "." + opening;
  }

  /** Gives a thing to somebody who takes a copy. */
  void give(int thing, int opening, Taker taker) throws Exception {
    List<Fd> both = openings.get(thing);
    switch (opening) {
      case World.CLOSED -> taker.take(closed);
      case World.DUPLICATE -> {
        try (Fd duplicate = both.getFirst().duplicate()) {
          taker.take(duplicate);
        }
      }
      default -> taker.take(both.get(opening));
    }
  }

  /** Somebody who is given a descriptor. */
  @FunctionalInterface
  interface Taker {
    void take(Fd fd) throws Exception;
  }

  /**
   * Counts the memfds that were opened since the game began: luo's, as nobody else has any. Too
   * high if the JVM has opened something else since {@link #recount}.
   */
  long held() throws IOException {
    return quickCount() - others - before;
  }

  /** Looks at each descriptor, for what {@link #held} answers quickly. */
  long recount() throws IOException {
    long now = memfds();
    others = quickCount() - now;
    return now - before;
  }

  /** What Linux 6.2 and later answer. */
  private static long quickCount() throws IOException {
    return Files.size(DESCRIPTORS);
  }

  private static long memfds() throws IOException {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.filter(Things::isMemfd).count();
    }
  }

  private static boolean isMemfd(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("/memfd:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  @Override
  public void close() {
    openings.forEach(both -> both.forEach(Fd::close));
  }
}
