// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.Successor;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.Memfd;
import dev.luo.linux.OpenDescriptor;
import dev.luo.linux.process.Signals;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import java.io.FileInputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries to become what its arguments after the first say, with two descriptors carried and some
 * that are not; says what has changed if it fails. The first argument tells whether the successor
 * is tried before, whether the state refuses to freeze or takes too long, and whether a stream that
 * is to be flushed has stalled.
 */
public final class ExecProgram {
  /** The kernel takes 128 KiB for one variable. */
  private static final int TOO_LONG = 1 << 18;

  private ExecProgram() {}

  public static void main(String[] arguments) throws Exception {
    Successor successor =
        Successor.ofCommand(List.of(arguments).subList(1, arguments.length))
            .environment(
                Map.of(
                    "EXTRA", arguments[0].contains("too-long") ? "a".repeat(TOO_LONG) : "a=b\nc"));
    if (!arguments[0].contains("dry")) {
      successor = successor.withoutDryStart();
    }
    try (Fd memfd = Memfd.create("carried");
        Fd event = EventFd.create(0);
        FileInputStream file = new FileInputStream("/proc/self/stat");
        ServerSocket socket = new ServerSocket(0)) {
      memfd.closeOnExec(arguments[0].contains("inheritable"));
      System.out.println("pid=" + ProcessHandle.current().pid());
      System.out.println("memfd=" + memfd.number());
      System.out.println("event=" + event.number());
      System.out.println("others=" + file.getFD().valid() + socket.isBound());
      boolean slow = arguments[0].contains("impatient");
      FakeState state =
          new FakeState(1, List.of(memfd, event), "event-v1") {
            @Override
            public FrozenState freeze(Deadline deadline, Timeline timeline) throws LuoException {
              while (slow && !deadline.expired()) {
                Thread.onSpinWait();
              }
              return super.freeze(deadline, timeline);
            }
          };
      if (arguments[0].contains("refusing")) {
        state.refusing();
      }
      Map<Integer, Boolean> before = flags();
      Signals signals = Signals.ofThread();
      try {
        Duration patience =
            Duration.ofSeconds(
                arguments[0].contains("impatient") || arguments[0].contains("stalled") ? 1 : 10);
        new ExecUpdate(patience, List.of(flushable(arguments[0]))).run(successor, state, () -> {});
      } catch (LuoException failure) {
        System.out.println("failure=" + failure.getClass().getSimpleName());
        System.out.println("errno=" + failure.errno().name());
        System.out.println("calls=" + state.calls());
        Map<Integer, Boolean> after = flags();
        after.keySet().retainAll(before.keySet());
        System.out.println("flags=" + (after.equals(before) ? "same" : before + " " + after));
        System.out.println("signals=" + Signals.ofThread().equals(signals));
        System.out.println("children=" + ProcessHandle.current().children().count());
      }
    }
  }

  /** A stream whose reader takes all, nothing, or nothing from the second time on. */
  private static Flushable flushable(String how) {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    return () -> {
      System.out.print("hook=called\n");
      if (how.contains("stalled") && calls.getAndIncrement() == (how.contains("later") ? 1 : 0)) {
        try {
          never.await();
        } catch (InterruptedException e) {
          throw new InterruptedIOException();
        }
      }
    };
  }

  private static Map<Integer, Boolean> flags() throws IOException {
    Map<Integer, Boolean> flags = new TreeMap<>();
    for (OpenDescriptor open : OpenDescriptor.list()) {
      Fd descriptor = Fd.adopt(open.number());
      flags.put(open.number(), descriptor.closeOnExec());
      int _ = descriptor.release();
    }
    return flags;
  }
}
