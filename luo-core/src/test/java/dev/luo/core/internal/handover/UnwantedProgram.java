// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.FreezeRefusedException;
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
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A program in which something happens during an update, after which the update must not go on. The
 * argument says what.
 */
public final class UnwantedProgram implements Quiescer {
  private static final Token EARLY = Token.of(1);
  private static final Token LATE = Token.of(2);

  private final CompletableFuture<Boolean> preserving = new CompletableFuture<>();
  private final CompletableFuture<Boolean> preserved = new CompletableFuture<>();
  private final LiveUpdate luo;
  private Act whenPaused = () -> {};

  private UnwantedProgram() throws LuoException {
    luo =
        LiveUpdate.open(
            options()
                .quiescer(this)
                .freezeDeadline(Duration.ofSeconds(2))
                .handler(new DescriptorHandler(FdKind.MEMFD, this::whenPreserving)));
  }

  /** Something to do. */
  @FunctionalInterface
  private interface Act {
    void run() throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 2) {
      // The successor: it has one handler less, and is tried only.
      LiveUpdate.open(options()).close();
      return;
    }
    new UnwantedProgram().run(arguments[0]);
  }

  private static Options options() {
    return Options.crossings(Crossing.EXEC)
        .withoutDiscovery()
        .handler(new DescriptorHandler(FdKind.EVENTFD));
  }

  @Override
  public void pause(Deadline deadline) throws Exception {
    whenPaused.run();
  }

  @Override
  public void resume() {
    System.out.println("resumed=true");
  }

  private void whenPreserving() {
    preserving.complete(true);
    boolean _ = preserved.join();
  }

  private void run(String fate) throws Exception {
    Successor successor =
        Successor.ofCommand(ChildJvm.command(UnwantedProgram.class, fate, "successor"));
    OutgoingSession session = luo.createSession("session");
    try (Fd early = EventFd.create(7);
        Fd late = Memfd.create("late")) {
      session.preserve(EARLY, early);
      switch (fate) {
        case "preserved" -> {
          preserved.complete(true);
          whenPaused = () -> session.preserve(LATE, late);
          update(successor);
          session.unpreserve(LATE);
        }
        case "preserving" -> preserveMeanwhile(session, late, successor.withoutDryStart());
        case "closed" -> closeMeanwhile(successor.withoutDryStart());
        default -> throw new IllegalArgumentException(fate);
      }
    }
    luo.close();
    LiveUpdate.open(options()).close();
    System.out.println("done=true");
  }

  private void preserveMeanwhile(OutgoingSession session, Fd late, Successor successor)
      throws Exception {
    CompletableFuture<Boolean> call =
        CompletableFuture.supplyAsync(() -> {
          try {
            session.preserve(LATE, late);
            return true;
          } catch (LuoException failure) {
            throw new AssertionError(failure);
          }
        });
    boolean _ = preserving.join();
    update(successor);
    preserved.complete(true);
    System.out.println("preserved=" + call.join());
  }

  private void closeMeanwhile(Successor successor) throws Exception {
    Thread closer = Thread.ofPlatform().unstarted(luo::close);
    whenPaused =
        () -> {
          expectRefusal("close", luo::close);
          expectRefusal("update", () -> luo.update(successor));
          closer.start();
          while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
          expectRefusal("create", () -> luo.createSession("another"));
        };
    expectRefusal("update", () -> luo.update(successor));
    closer.join();
    expectRefusal("create", () -> luo.createSession("another"));
  }

  private static void expectRefusal(String what, Act act) throws Exception {
    try {
      act.run();
    } catch (IllegalStateException refused) {
      System.out.println(what + "=" + refused.getMessage());
    }
  }

  private void update(Successor successor) throws LuoException {
    try {
      luo.update(successor);
    } catch (SuccessorRefusedException refused) {
      System.out.println("refused=" + refused.reason());
      System.out.println("missing=" + refused.missing());
    } catch (FreezeRefusedException refused) {
      System.out.println("refused=" + refused.getMessage());
    }
  }
}
