// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.IncomingImage;
import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.Successor;
import dev.luo.core.SuccessorRefusedException;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.spi.Crossing;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.List;

/**
 * A program that updates itself under a guardian, and its successor once more. The first argument
 * says what happens to the second and third, the second which of them this is.
 */
public final class GuardedChainProgram {
  private static final Token TOKEN = Token.of(1);
  private static final String SESSION = "session";

  private final String fate;
  private final int stage;

  private GuardedChainProgram(String fate, int stage) {
    this.fate = fate;
    this.stage = stage;
  }

  public static void main(String[] arguments) throws Exception {
    new GuardedChainProgram(arguments[0], Integer.parseInt(arguments[1])).run();
  }

  private void run() throws Exception {
    System.out.println("started=" + stage);
    if (fate.equals("third-dies") && stage == 3) {
      Runtime.getRuntime().halt(7);
    }
    if (!fate.equals("third-dies")) {
      System.out.println("guardians=" + ProcessHandle.current().children().count());
    }
    Options options =
        Options.crossings(Crossing.EXEC)
            .withoutDiscovery()
            .handler(new DescriptorHandler(FdKind.EVENTFD));
    if (!fate.equals("third-dies") && stage > 1) {
      options = options.ignoringIncoming();
    }
    try (LiveUpdate luo = LiveUpdate.open(options)) {
      if (luo.incoming().isPresent()) {
        goOn(luo, luo.incoming().get());
      } else if (stage < 3) {
        try (Fd event = EventFd.create(7)) {
          update(luo, event);
        }
      }
    }
  }

  /** A program that comes back finds the image that it has written itself. */
  private void goOn(LiveUpdate luo, IncomingImage image) throws Exception {
    System.out.println("generation=" + image.generation());
    Fd event;
    try (IncomingSession session = luo.retrieveSession(SESSION)) {
      event = session.retrieve(TOKEN).file();
      System.out.println("counter=" + EventFd.count(event));
      luo.resumed();
      session.finish();
    }
    if (image.generation() < stage) {
      EventFd.signal(event, 1);
      update(luo, event);
    }
    event.close();
  }

  private void update(LiveUpdate luo, Fd event) throws Exception {
    try (OutgoingSession session = luo.createSession(SESSION)) {
      session.preserve(TOKEN, event);
      List<String> command =
          ChildJvm.command(GuardedChainProgram.class, fate, Integer.toString(stage + 1));
      if (fate.equals("guardian-unreachable")) {
        command = LuoProgram.withoutGuardianPid(command);
      }
      Successor successor = Successor.ofCommand(command).withoutDryStart();
      boolean guarded = stage == 1 || fate.equals("third-dies");
      luo.update(guarded ? successor.guardian(Duration.ofMinutes(1)) : successor);
    } catch (SuccessorRefusedException refused) {
      System.out.println("refused=" + refused.reason());
    }
  }
}
