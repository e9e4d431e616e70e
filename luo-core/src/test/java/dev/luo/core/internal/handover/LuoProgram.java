// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.IncomingImage;
import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.Successor;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.process.PidFd;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A program that uses luo as an embedder does, and hands an eventfd to a successor that does what
 * the first argument says. The successor has one argument more.
 */
public final class LuoProgram {
  private static final Token TOKEN = Token.of(1);
  private static final String SESSION = "session";

  private LuoProgram() {}

  public static void main(String[] arguments) throws Exception {
    Options options =
        Options.crossings(Crossing.EXEC)
            .withoutDiscovery()
            .handler(new DescriptorHandler(FdKind.EVENTFD));
    if (arguments.length == 2 && arguments[0].equals("before-open")) {
      Runtime.getRuntime().halt(7);
    }
    try (LiveUpdate luo = LiveUpdate.open(options)) {
      if (luo.incoming().isEmpty()) {
        update(luo, arguments[0]);
      } else if (arguments.length == 2) {
        System.out.println("second=" + ProcessHandle.current().pid());
        succeed(luo, arguments[0]);
      } else {
        System.out.println("back=" + ProcessHandle.current().pid());
        retrieve(luo).finish();
      }
    }
  }

  private static void update(LiveUpdate luo, String fate) throws Exception {
    System.out.println("first=" + ProcessHandle.current().pid());
    try (Fd event = EventFd.create(7);
        OutgoingSession session = luo.createSession(SESSION)) {
      session.preserve(TOKEN, event);
      List<String> command = ChildJvm.command(LuoProgram.class, fate, "successor");
      if (fate.equals("guardian-unreachable")) {
        command = withoutGuardianPid(command);
      }
      Successor successor = Successor.ofCommand(command).guardian(Duration.ofMinutes(1));
      boolean undescribed = Set.of("before-open", "guardian-unreachable").contains(fate);
      luo.update(undescribed ? successor.withoutDryStart() : successor);
    }
  }

  private static void succeed(LiveUpdate luo, String fate) throws Exception {
    if (fate.equals("in-open")) {
      Runtime.getRuntime().halt(7);
    }
    IncomingSession session = retrieve(luo);
    if (fate.equals("before-resumed")) {
      Runtime.getRuntime().halt(7);
    }
    switch (fate) {
      case "finished" -> {
        luo.resumed();
        session.finish();
        Runtime.getRuntime().halt(7);
      }
      case "not-resumed" -> {
        try {
          session.finish();
        } catch (IllegalStateException refused) {
          System.out.println("refused=" + refused.getMessage());
        }
        Runtime.getRuntime().halt(7);
      }
      case "guardian-unreachable" -> {
        luo.resumed();
        try {
          session.finish();
        } catch (LuoException refused) {
          System.out.println("refused=" + refused.getMessage());
        }
        Runtime.getRuntime().halt(7);
      }
      case "resumed-in-shutdown" -> {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(luo::resumed));
        System.exit(0);
      }
      case "after-resumed" -> finishAfterResumed(luo, session);
      default -> throw new IllegalArgumentException(fate);
    }
  }

  private static void finishAfterResumed(LiveUpdate luo, IncomingSession session) throws Exception {
    long guardian = ProcessHandle.current().children().findAny().orElseThrow().pid();
    try (PidFd process = PidFd.open(guardian)) {
      luo.resumed();
      System.out.println("stood-down=" + process.awaitEnd(Long.MAX_VALUE));
    }
    session.finish();
  }

  /** Lets a program look for its guardian where no process can be. */
  static List<String> withoutGuardianPid(List<String> command) {
    List<String> wrapped = new ArrayList<>(List.of("/bin/sh", "-c"));
    wrapped.add("LUO_GUARDIAN=${LUO_GUARDIAN%%:*}:0:${LUO_GUARDIAN##*:}; exec \"$@\"");
    wrapped.add("sh");
    wrapped.addAll(command);
    return wrapped;
  }

  private static IncomingSession retrieve(LiveUpdate luo) throws Exception {
    IncomingImage image = luo.incoming().orElseThrow();
    System.out.println("origin=" + image.origin());
    IncomingSession session = luo.retrieveSession(SESSION);
    System.out.println("counter=" + EventFd.count(session.retrieve(TOKEN).file()));
    return session;
  }
}
