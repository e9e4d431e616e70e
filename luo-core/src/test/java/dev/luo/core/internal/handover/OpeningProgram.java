// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.Successor;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Objects;

/** Opens luo several times, on an image that it spoils before or after the first. */
public final class OpeningProgram {
  private static final String SESSION = "session";

  private OpeningProgram() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 1) {
      try (LiveUpdate luo = LiveUpdate.open(options());
          Fd event = EventFd.create(7);
          OutgoingSession session = luo.createSession(SESSION)) {
        session.preserve(Token.of(1), event);
        luo.update(
            Successor.ofCommand(ChildJvm.command(OpeningProgram.class, arguments[0], "successor"))
                .withoutDryStart());
      }
    }
    if (arguments[0].equals("spoiled-before")) {
      spoil();
      refused();
      refused();
      open(options().ignoringIncoming());
    } else {
      open(options());
      spoil();
      open(options());
    }
    System.out.println("held=" + held());
  }

  private static Options options() {
    return Options.crossings(Crossing.EXEC)
        .withoutDiscovery()
        .handler(new DescriptorHandler(FdKind.EVENTFD));
  }

  private static void open(Options options) throws LuoException {
    try (LiveUpdate luo = LiveUpdate.open(options)) {
      System.out.println("came=" + luo.incoming().isPresent());
      luo.createSession(SESSION).close();
    }
  }

  private static void refused() throws LuoException {
    try (LiveUpdate luo = LiveUpdate.open(options())) {
      System.out.println("opened=" + luo);
    } catch (ImageRefusedException e) {
      System.out.println("refused=" + e.errno().name() + " " + e.where());
    }
  }

  /** Changes the first byte of the image, which says that it is one. */
  private static void spoil() throws IOException {
    HandoverVariable image =
        HandoverVariable.parse(Objects.requireNonNull(System.getenv(HandoverVariable.HANDOVER)))
            .orElseThrow();
    try (RandomAccessFile file =
        new RandomAccessFile("/proc/self/fd/" + image.descriptor(), "rw")) {
      int first = file.read();
      file.seek(0);
      file.write(~first);
    }
  }

  /** Counts the eventfds of this process. */
  private static int held() {
    int held = 0;
    for (int number = 3; number < 1000; number++) {
      Fd any = Fd.adopt(number);
      held += isOurs(any) ? 1 : 0;
      int _ = any.release();
    }
    return held;
  }

  private static boolean isOurs(Fd any) {
    try {
      return any.kind() == FdKind.EVENTFD && EventFd.count(any) == 7;
    } catch (LinuxException notOpen) {
      return false;
    }
  }
}
