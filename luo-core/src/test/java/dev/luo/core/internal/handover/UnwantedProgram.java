// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.Quiescer;
import dev.luo.core.Successor;
import dev.luo.core.SuccessorRefusedException;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.Memfd;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.Token;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A program in which something happens while its workload is paused for an update, after which the
 * update must not go on. The argument says what.
 */
public final class UnwantedProgram {
  private static final Token EARLY = Token.of(1);
  private static final Token LATE = Token.of(2);

  private UnwantedProgram() {}

  /** Something to do. */
  @FunctionalInterface
  private interface Act {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    AtomicReference<Act> whenPaused = new AtomicReference<>(() -> {});
    Options options =
        Options.crossings(Crossing.EXEC)
            .withoutDiscovery()
            .quiescer(
                new Quiescer() {
                  @Override
                  public void pause(Deadline deadline) throws Exception {
                    whenPaused.get().run();
                  }

                  @Override
                  public void resume() {
                    System.out.println("resumed=true");
                  }
                })
            .handler(new DescriptorHandler(FdKind.EVENTFD));
    if (arguments.length == 2) {
      // The successor: it has one handler less, and is tried only.
      LiveUpdate.open(options).close();
      return;
    }
    LiveUpdate luo = LiveUpdate.open(options.handler(new DescriptorHandler(FdKind.MEMFD)));
    OutgoingSession session = luo.createSession("session");
    try (Fd early = EventFd.create(7);
        Fd late = Memfd.create("late")) {
      session.preserve(EARLY, early);
      Successor successor =
          Successor.ofCommand(ChildJvm.command(UnwantedProgram.class, arguments[0], "successor"));
      if (arguments[0].equals("preserved")) {
        whenPaused.set(() -> session.preserve(LATE, late));
        update(luo, successor);
        session.unpreserve(LATE);
        luo.close();
      } else {
        close(luo, successor.withoutDryStart(), whenPaused);
      }
      System.out.println("done=true");
    }
  }

  private static void close(LiveUpdate luo, Successor successor, AtomicReference<Act> whenPaused)
      throws Exception {
    Thread closer = Thread.ofPlatform().unstarted(luo::close);
    whenPaused.set(() -> {
      expectRefusal("close", luo::close);
      expectRefusal("update", () -> luo.update(successor));
      closer.start();
      while (closer.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      expectRefusal("create", () -> luo.createSession("another"));
    });
    expectRefusal("update", () -> luo.update(successor));
    closer.join();
    expectRefusal("create", () -> luo.createSession("another"));
    LiveUpdate.open(Options.crossings(Crossing.EXEC).withoutDiscovery()).close();
  }

  private static void expectRefusal(String what, Act act) throws Exception {
    try {
      act.run();
    } catch (IllegalStateException refused) {
      System.out.println(what + "=" + refused.getMessage());
    }
  }

  private static void update(LiveUpdate luo, Successor successor) throws Exception {
    try {
      luo.update(successor);
    } catch (SuccessorRefusedException refused) {
      System.out.println("refused=" + refused.reason());
      System.out.println("missing=" + List.copyOf(refused.missing()));
    }
  }
}
