// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Fd;
import dev.luo.spi.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program that replaces itself once, and whose handler refuses to freeze one optional file. */
public final class LeftBehindProgram {

  private LeftBehindProgram() {}

  public static void main(String[] arguments) throws Exception {
    ScriptedHandler handler = ScriptedHandler.forMemfds(new ArrayList<>()).failing("freeze 0x2");
    try (LiveUpdate luo = LiveUpdate.open(TwoStages.options(handler))) {
      if (luo.incoming().isEmpty()) {
        OutgoingSession session = luo.createSession("s");
        TwoStages.preserve(session, 1);
        try (Fd memfd = Memfds.containing(2)) {
          session.preserve(Token.of(2), memfd, Importance.OPTIONAL, Attachment.NONE);
        }
        System.out.println("before=" + memfds());
        luo.update(Successor.sameCommand());
      }
      System.out.println("after=" + memfds());
      luo.resumed();
      try (IncomingSession session = luo.retrieveSession("s")) {
        System.out.println("came=" + session.tokens());
        System.out.println("number=" + TwoStages.number(session, 1));
      }
      luo.report()
          .orElseThrow()
          .files()
          .forEach(file -> System.out.println("fate=" + file.token() + " " + file.fate()));
    }
  }

  /** Counts the descriptors of memfds that are not luo's own. */
  private static long memfds() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      for (Path each : all.toList()) {
        if (Files.isSymbolicLink(each)) {
          open.add(Files.readSymbolicLink(each));
        }
      }
    }
    return open.stream()
        .map(Path::toString)
        .filter(target -> target.startsWith("/memfd:") && !target.startsWith("/memfd:luo-"))
        .count();
  }
}
