// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import dev.luo.core.SuccessorRefusedException;
import dev.luo.core.SuccessorRefusedException.Reason;
import dev.luo.core.internal.handover.guardian.GuardianChannel.Arrival;
import dev.luo.core.internal.handover.program.OpenNumbers;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.ResourceLimit;
import dev.luo.linux.ResourceLimit.Resource;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Signal;
import dev.luo.linux.process.Spawn;
import dev.luo.linux.socket.SocketPair;
import dev.luo.linux.socket.SocketType;
import dev.luo.linux.socket.Sockets;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guardian, as seen by the predecessor that started it. For one thread.
 *
 * <p>Nothing here outlives a failure: {@link #dismiss} ends the guardian in whatever state it is.
 */
public final class GuardianProcess implements AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.luo.core");

  /** How long a JVM may take to start on a machine that is busy with other things. */
  private static final Duration START = Duration.ofSeconds(30);

  /** How long a guardian that waits for nothing else may take to answer. The workload is paused. */
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** How many descriptors may be opened from now until the last is carried. */
  private static final int HEADROOM = 1024;

  private final PidFd process;
  private final long pid;
  private final GuardianChannel channel;
  private final Duration deadline;
  private @Nullable GuardianLink armed;
  private boolean dismissed;

  private GuardianProcess(PidFd process, Fd link, Duration deadline) {
    this.process = process;
    this.pid = process.pid().orElseThrow();
    this.channel = new GuardianChannel(link);
    this.deadline = deadline;
  }

  /**
   * Starts a guardian, and waits until it watches this process and has run every step that it may
   * come to.
   *
   * @param program what it is to return to
   * @param deadline how long the successor will have, once the guardian is armed
   * @throws SuccessorRefusedException if that is not possible; the guardian has ended then
   */
  public static GuardianProcess start(Command program, Duration deadline)
      throws SuccessorRefusedException {
    long self = ProcessHandle.current().pid();
    if (self == 1) {
      throw refuse(
              Errno.EOPNOTSUPP,
              "a guardian of process 1 would end with it, as every process of its container would")
          .build();
    }
    GuardianProcess guardian = null;
    try {
      guardian = spawn(program, self, deadline);
      guardian.expect(GuardianMessage.Ready.class, START);
      return guardian;
    } catch (IOException failure) {
      if (guardian != null) {
        guardian.dismiss();
      }
      throw refuse(errnoOf(failure), "a guardian cannot be started: " + failure.getMessage())
          .cause(failure)
          .build();
    }
  }

  /**
   * Spawns the guardian with every number taken that it may have to restore later. The JVM's own
   * files then lie above them, and it need never saw off the branch it sits on.
   */
  private static GuardianProcess spawn(Command program, long self, Duration deadline)
      throws IOException {
    int lastTaken = lastToTake();
    GuardianPlan plan =
        new GuardianPlan(program.path(), program.arguments(), GuardianCommand.withheld());
    SocketPair link = Sockets.pair(SocketType.SEQPACKET);
    try (Fd theirs = link.second();
        Fd memfd = plan.write()) {
      Spawn spawn =
          Spawn.of(GuardianCommand.forWatching(self, lastTaken)).descriptor(theirs, Guardian.LINK);
      for (int number = Guardian.PLAN; number <= lastTaken; number++) {
        spawn = spawn.descriptor(memfd, number);
      }
      return new GuardianProcess(spawn.start(), link.first(), deadline);
    } catch (IOException failure) {
      link.first().close();
      throw failure;
    }
  }

  private static int lastToTake() throws LinuxException {
    int highest = Arrays.stream(OpenNumbers.list()).max().orElse(0);
    // Starting a process takes each number twice for a moment.
    ResourceLimit limit = ResourceLimit.get(Resource.DESCRIPTORS);
    long most = limit.soft() == ResourceLimit.UNLIMITED ? Integer.MAX_VALUE : limit.soft() / 2 - 8;
    return (int) Math.max(highest, Math.min(highest + HEADROOM, most));
  }

  /**
   * Gives the guardian everything that crosses, and arms it: from now on it acts if this process
   * ends, or is not done in time, whichever program it runs by then.
   *
   * @throws SuccessorRefusedException if that is not possible. The guardian is to be dismissed then
   */
  public void arm(Fd image, long nonce, List<Fd> carried) throws SuccessorRefusedException {
    List<Fd> all = new ArrayList<>(carried.size() + 1);
    all.add(image);
    all.addAll(carried);
    try {
      for (int sent = 0; sent < all.size(); ) {
        int end = Math.min(all.size(), sent + GuardianMessage.MAX_DESCRIPTORS);
        List<Fd> batch = all.subList(sent, end);
        channel.send(new GuardianMessage.Carry(batch.stream().map(Fd::number).toList()), batch);
        GuardianMessage.Taken taken = expect(GuardianMessage.Taken.class, ANSWER);
        if (taken.descriptors() != end) {
          throw new GuardianProtocolException(
              "it holds " + taken.descriptors() + " descriptors, and " + end + " were sent");
        }
        sent = end;
      }
      // From the moment this is sent, only the link's own protocol may call the guardian off.
      armed = new GuardianLink(channel.socket(), pid, nonce);
      channel.send(
          new GuardianMessage.Arm(
              image.number(), nonce, all.size(), System.nanoTime() + deadline.toNanos()));
      expect(GuardianMessage.Armed.class, ANSWER);
    } catch (IOException failure) {
      throw refuse(errnoOf(failure), "the guardian cannot be armed: " + failure.getMessage())
          .cause(failure)
          .build();
    }
  }

  private <M extends GuardianMessage> M expect(Class<M> type, Duration patience)
      throws IOException {
    return switch (channel.receive(System.nanoTime() + patience.toNanos())) {
      case Arrival.Gone _ -> throw new GuardianProtocolException("it has ended");
      case Arrival.Late _ ->
          throw new LinuxException(Errno.ETIMEDOUT, "recvmsg", channel.socket().describe());
      case Arrival.Message arrived -> {
        if (arrived.message() instanceof GuardianMessage.Unable unable) {
          throw new GuardianProtocolException(unable.why());
        }
        if (!type.isInstance(arrived.message())) {
          throw new GuardianProtocolException("it says " + arrived.message());
        }
        yield type.cast(arrived.message());
      }
    };
  }

  /** Returns the link, which is to stay open over {@code execve}. Lent. */
  public Fd link() {
    return channel.socket();
  }

  /** Returns the guardian's process id. */
  public long pid() {
    return pid;
  }

  /** Ends the guardian and reaps it. Dismissing again has no effect. */
  public void dismiss() {
    if (dismissed) {
      return;
    }
    dismissed = true;
    try {
      if (armed != null) {
        armed.standDown();
      } else {
        // It holds nothing that it would act upon.
        process.send(Signal.KILL);
        GuardianLink.reap(process);
      }
    } catch (LinuxException failure) {
      LOG.log(Level.ERROR, "the guardian " + pid + " could not be dismissed", failure);
    } finally {
      process.close();
      channel.socket().close();
    }
  }

  @Override
  public void close() {
    dismiss();
  }

  private static Errno errnoOf(IOException failure) {
    return failure instanceof LinuxException linux ? linux.errno() : Errno.EPROTO;
  }

  private static SuccessorRefusedException.Builder refuse(Errno errno, String message) {
    return SuccessorRefusedException.because(Reason.NO_GUARDIAN, errno, message);
  }
}
