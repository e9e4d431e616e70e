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
import dev.luo.linux.LinuxException;
import dev.luo.linux.process.PidFd;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.Handle;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        Options.crossings(Crossing.EXEC).withoutDiscovery().handler(new EventFdHandler());
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
      Successor successor = Successor.ofCommand(command).guardian(Duration.ofMinutes(1));
      luo.update(fate.equals("before-open") ? successor.withoutDryStart() : successor);
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
    long guardian = ProcessHandle.current().children().findAny().orElseThrow().pid();
    try (PidFd process = PidFd.open(guardian)) {
      luo.resumed();
      System.out.println("stood-down=" + process.awaitEnd(Long.MAX_VALUE));
    }
    session.finish();
  }

  private static IncomingSession retrieve(LiveUpdate luo) throws Exception {
    IncomingImage image = luo.incoming().orElseThrow();
    System.out.println("origin=" + image.origin());
    IncomingSession session = luo.retrieveSession(SESSION);
    System.out.println("counter=" + EventFd.count(session.retrieve(TOKEN).file()));
    return session;
  }

  /** Hands over the descriptor itself; its record is the slot. */
  private static final class EventFdHandler implements FileHandler<@Nullable Void> {

    @Override
    public Compatible compatible() {
      return Compatible.of("eventfd-test-v1");
    }

    @Override
    public boolean canPreserve(Fd file) {
      try {
        return file.kind() == FdKind.EVENTFD;
      } catch (LinuxException notOpen) {
        return false;
      }
    }

    @Override
    public Preserved<@Nullable Void> preserve(OutgoingContext context) throws LuoException {
      return Preserved.of(Handle.of(context.carry(context.file()).number()));
    }

    @Override
    public void unpreserve(PreservedContext<@Nullable Void> context) {}

    @Override
    public Restored retrieve(IncomingContext context) throws LuoException {
      return Restored.live(context.borrow(Slot.fromRecord((int) context.handle().value())));
    }

    @Override
    public void finish(FinishContext context) {}
  }
}
