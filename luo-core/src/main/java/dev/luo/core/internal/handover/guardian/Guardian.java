// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import dev.luo.core.internal.handover.guardian.GuardianChannel.Arrival;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.core.internal.handover.program.OpenNumbers;
import dev.luo.core.internal.image.Claim;
import dev.luo.linux.CloseRange;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.linux.Poll;
import dev.luo.linux.Poll.Event;
import dev.luo.linux.Poll.Interest;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.Exec;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Signal;
import dev.luo.linux.socket.SocketPair;
import dev.luo.linux.socket.SocketType;
import dev.luo.linux.socket.Sockets;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The program of a guardian: one thread that waits for something to go wrong. Its states are drawn
 * in the description of the package.
 *
 * <p>Whatever it does after the process it watches has ended, it has done once before, for nothing:
 * by then the jar with its classes may have been replaced.
 *
 * <p>It is started with all numbers taken up to that of the last descriptor of its parent and
 * beyond. So the files of its own JVM have higher ones, and those below are free to be restored.
 */
public final class Guardian {
  /** The number of the link in the guardian. */
  static final int LINK = 3;

  /** The number of the memfd with the {@link GuardianPlan} in the guardian. */
  static final int PLAN = 4;

  private static final long NEVER = Long.MAX_VALUE;

  /** The image's own measure, whatever the machine's. */
  private static final long PAGE_SIZE = 4096;

  private final GuardianChannel link;
  private final PidFd watched;
  private final GuardianPlan plan;

  /** The numbers that the JVM itself uses. */
  private final Set<Integer> own;

  private final Map<Integer, Fd> held = new HashMap<>();
  private boolean linkOpen = true;

  /** Page 0 of the image, where a successor leaves its claim. */
  private @Nullable Mapping header;

  private @Nullable Command program;
  private long nonce;
  private long deadline = NEVER;

  private Guardian(GuardianChannel link, PidFd watched, GuardianPlan plan, Set<Integer> own) {
    this.link = link;
    this.watched = watched;
    this.plan = plan;
    this.own = own;
  }

  /**
   * Guards the process that started this one.
   *
   * @param arguments the id of that process, and up to which number descriptors are taken
   */
  public static void main(String[] arguments) {
    int status = 1;
    try {
      long pid = Long.parseLong(arguments[0]);
      PidFd watched = PidFd.open(pid);
      // The parent's number means the parent as long as it is the parent.
      if (ProcessHandle.current().parent().filter(parent -> parent.pid() == pid).isPresent()) {
        GuardianPlan plan = GuardianPlan.read(Fd.adopt(PLAN));
        rehearse();
        Set<Integer> own = freeNumbers(Integer.parseInt(arguments[1]));
        new Guardian(new GuardianChannel(Fd.adopt(LINK)), watched, plan, own).run();
      }
      status = 0;
    } catch (IOException | RuntimeException failure) {
      System.err.println("luo guardian: " + failure);
    }
    // There is nothing to clean up, and no hook to be waited for.
    Runtime.getRuntime().halt(status);
  }

  /** Frees the numbers up to the last that was taken. Answers those that this JVM has opened. */
  private static Set<Integer> freeNumbers(int lastTaken) throws LinuxException {
    CloseRange.close(PLAN, lastTaken);
    Set<Integer> own = new HashSet<>();
    for (int number : OpenNumbers.list()) {
      if (number > lastTaken) {
        own.add(number);
      }
    }
    return own;
  }

  private void run() throws IOException {
    link.send(new GuardianMessage.Ready(ProcessHandle.current().pid()));
    while (true) {
      List<Set<Event>> events = await();
      // Watched before the link is: whatever the process said before it ended is on the link then.
      boolean ended = !events.getFirst().isEmpty();
      boolean heard = false;
      if (linkOpen && !events.getLast().isEmpty()) {
        heard = true;
        if (!hear()) {
          return;
        }
      }
      if (program == null) {
        if (ended && !heard) {
          return;
        }
      } else if (ended && !heard) {
        comeBack("has ended");
      } else if (!ended && !heard && System.nanoTime() - deadline >= 0) {
        kill();
        comeBack("was not done in time");
      }
    }
  }

  private List<Set<Event>> await() throws LinuxException {
    Interest end = Interest.readable(watched.fd());
    return Poll.await(
        linkOpen ? List.of(end, Interest.readable(link.socket())) : List.of(end), deadline);
  }

  /** Hears one message. Answers whether there is still something to guard. */
  private boolean hear() throws IOException {
    try {
      return switch (link.receive(System.nanoTime())) {
        case Arrival.Late _ -> true;
        case Arrival.Gone _ -> {
          // Nobody can call this off any more; armed, it has to see how it ends.
          linkOpen = false;
          link.socket().close();
          yield program != null;
        }
        case Arrival.Message arrived -> heed(arrived.message(), arrived.descriptors());
      };
    } catch (IOException failure) {
      return complain(failure);
    }
  }

  /** Tells the other side what is wrong. What a guardian has promised holds all the same. */
  private boolean complain(IOException failure) throws IOException {
    if (program == null) {
      link.send(new GuardianMessage.Unable(String.valueOf(failure.getMessage())));
      throw failure;
    }
    System.err.println("luo guardian: " + failure.getMessage());
    return true;
  }

  private boolean heed(GuardianMessage message, List<Fd> descriptors) throws IOException {
    switch (message) {
      case GuardianMessage.Carry carry when program == null -> take(carry.numbers(), descriptors);
      case GuardianMessage.Arm arm when program == null -> arm(arm);
      case GuardianMessage.StandDown standDown when program != null -> {
        if (standDown.nonce() != nonce) {
          throw new GuardianProtocolException("the image is another one");
        }
        link.send(new GuardianMessage.StoodDown());
        return false;
      }
      default -> {
        descriptors.forEach(Fd::close);
        throw new GuardianProtocolException("this is not the time for " + message);
      }
    }
    return true;
  }

  private void take(List<Integer> numbers, List<Fd> descriptors) throws IOException {
    for (int i = 0; i < descriptors.size(); i++) {
      if (own.contains(numbers.get(i))) {
        throw new GuardianProtocolException("it needs the number " + numbers.get(i) + " itself");
      }
      if (held.putIfAbsent(numbers.get(i), descriptors.get(i)) != null) {
        throw new GuardianProtocolException("two descriptors have the number " + numbers.get(i));
      }
    }
    link.send(new GuardianMessage.Taken(held.size()));
  }

  private void arm(GuardianMessage.Arm arm) throws IOException {
    if (held.size() != arm.descriptors() || !held.containsKey(arm.imageNumber())) {
      throw new GuardianProtocolException("it lacks descriptors");
    }
    long self = ProcessHandle.current().pid();
    Command command = plan.command();
    HandoverVariable image = new HandoverVariable(arm.imageNumber(), self, arm.nonce());
    header = Mapping.map(Objects.requireNonNull(held.get(arm.imageNumber())), PAGE_SIZE);
    nonce = arm.nonce();
    deadline = arm.deadline();
    program = command.in(command.environment().with(HandoverVariable.HANDOVER, image.text()));
    link.send(new GuardianMessage.Armed());
  }

  /** Makes sure that the watched process has ended, however long that takes. */
  private void kill() throws LinuxException {
    try {
      watched.send(Signal.KILL);
    } catch (LinuxException failure) {
      // It has ended meanwhile, or it may not be killed by this user. Never two owners: wait.
      if (!failure.errno().equals(Errno.ESRCH)) {
        System.err.println("luo guardian: " + failure.getMessage());
      }
    }
    boolean _ = watched.awaitEnd(NEVER);
  }

  private void comeBack(String why) throws LinuxException {
    Command command = Objects.requireNonNull(program);
    System.err.println(
        "luo guardian: process "
            + watched.pid().orElse(0)
            + " "
            + why
            + ", starting "
            + plan.path());
    System.err.flush();
    revokeClaim(Objects.requireNonNull(header).segment(), watched.pid().orElse(0));
    DescriptorPlacement.place(held);
    Exec.replace(command);
  }

  /**
   * Lets the program that comes back open an image that the successor had opened, and tells it so.
   * Only a claim of a process that has been seen to end is taken away.
   */
  private static void revokeClaim(MemorySegment image, long ended) {
    Optional<Claim> claim = Claim.ofPublished(image);
    if (claim.isPresent() && claim.get().pid() == ended) {
      boolean _ = claim.get().revoke(image);
    }
  }

  /** Does for nothing what may be done in earnest later. */
  private static void rehearse() throws IOException {
    try (SocketPair pair = Sockets.pair(SocketType.SEQPACKET);
        Fd one = Memfd.create("luo-rehearsal");
        Fd other = one.duplicate();
        PidFd self = PidFd.open(ProcessHandle.current().pid())) {
      GuardianChannel near = new GuardianChannel(pair.first());
      GuardianChannel far = new GuardianChannel(pair.second());
      List<Integer> numbers = List.of(one.number(), other.number());
      near.send(new GuardianMessage.Carry(numbers), List.of(one, other));
      List<Fd> received = new ArrayList<>();
      if (far.receive(System.nanoTime()) instanceof Arrival.Message message) {
        received.addAll(message.descriptors());
      }
      near.send(new GuardianMessage.Arm(0, 0, 0, 0));
      near.send(new GuardianMessage.StandDown(0));
      for (int i = 0; i < 2; i++) {
        if (!(far.receive(System.nanoTime()) instanceof Arrival.Message)) {
          throw new GuardianProtocolException("the rehearsal failed");
        }
      }
      // Each under the other's number, so that both ways to place a descriptor are gone.
      int first = received.get(0).number();
      int second = received.get(1).number();
      DescriptorPlacement.place(Map.of(first, received.get(1), second, received.get(0)));
      Fd.adopt(first).close();
      Fd.adopt(second).close();
      FileIo.truncate(one, PAGE_SIZE);
      try (Mapping mapping = Mapping.map(one, PAGE_SIZE)) {
        revokeClaim(mapping.segment(), 0);
        boolean _ = new Claim(1, 0).revoke(mapping.segment());
      }
      self.send(Signal.CONT);
      boolean _ = self.hasEnded();
      System.err.flush();
      Exec.warm();
      try {
        Exec.replace(Command.of(""));
      } catch (LinuxException expected) {
        if (!expected.errno().equals(Errno.ENOENT)) {
          throw expected;
        }
      }
    }
  }
}
