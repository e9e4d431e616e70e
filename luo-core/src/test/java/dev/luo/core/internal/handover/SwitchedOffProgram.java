// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.Quiescer;
import dev.luo.core.Successor;
import dev.luo.core.SuccessorRefusedException;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.List;

/**
 * Three generations: the first hands an eventfd to the second, where luo is switched off; that one
 * is replaced by the third, where it is not.
 */
public final class SwitchedOffProgram {

  private SwitchedOffProgram() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("pid=" + ProcessHandle.current().pid());
    Options options =
        Options.crossings(Crossing.EXEC)
            .withoutDiscovery()
            .quiescer(new Telling())
            .handler(new DescriptorHandler(FdKind.EVENTFD));
    try (LiveUpdate luo = LiveUpdate.open(options)) {
      switch (arguments[0]) {
        case "first" -> first(luo, arguments[1]);
        case "off" -> off(luo);
        default -> {
          System.out.println("came=" + luo.incoming().isPresent());
          System.out.println("variable=" + System.getenv(HandoverVariable.HANDOVER));
        }
      }
    }
  }

  private static void first(LiveUpdate luo, String guarded) throws Exception {
    Fd event = EventFd.create(7);
    luo.createSession("session").preserve(Token.of(1), event);
    List<String> command = ChildJvm.command(SwitchedOffProgram.class, "off");
    command.add(1, "-Dluo.liveupdate=off");
    Successor successor = Successor.ofCommand(command);
    try {
      luo.update(successor);
    } catch (SuccessorRefusedException refused) {
      System.out.println("refused=" + refused.getMessage());
    }
    Successor untried = successor.withoutDryStart();
    luo.update(guarded.equals("guarded") ? untried.guardian(Duration.ofMinutes(1)) : untried);
  }

  private static void off(LiveUpdate luo) throws Exception {
    System.out.println("came=" + luo.incoming().isPresent());
    try {
      luo.retrieveSession("session");
    } catch (LuoException refused) {
      System.out.println("errno=" + refused.errno().name());
    }
    int image =
        HandoverVariable.parse(System.getenv(HandoverVariable.HANDOVER)).orElseThrow().descriptor();
    Fd untouched = Fd.adopt(image);
    System.out.println("image=" + untouched.kind());
    untouched.release();
    luo.resumed();
    luo.update(Successor.ofCommand(ChildJvm.command(SwitchedOffProgram.class, "third")));
  }

  /** Says when it is called. */
  private static final class Telling implements Quiescer {

    @Override
    public void pause(Deadline deadline) {
      System.out.println("paused=" + System.getProperty("luo.liveupdate"));
    }

    @Override
    public void resume() {}
  }
}
