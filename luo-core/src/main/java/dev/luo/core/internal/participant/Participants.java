// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.participant;

import dev.luo.core.DuplicateParticipantException;
import dev.luo.core.InvalidParticipantNameException;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Membership;
import dev.luo.core.Options;
import dev.luo.core.Participant;
import dev.luo.core.ParticipantFailedException;
import dev.luo.core.ParticipantFailedException.Step;
import dev.luo.core.Quiescer;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The program and all who have joined it, brought to rest as one: the program first, and resumed
 * last. Whoever does not come back is given up. Thread-safe; preserve, pause and resume are called
 * by an update's thread.
 */
@Singleton
public final class Participants {

  private static final Logger LOG = System.getLogger("dev.luo.core");
  private static final int MAX_NAME = 40;

  private final Party program;
  private final Duration callDeadline;
  private final Duration freezeDeadline;
  private final Duration grace;
  private final List<Member> members = new CopyOnWriteArrayList<>();

  /** Who has to be resumed, the last to be paused first. */
  private final Deque<Party> paused = new ArrayDeque<>();

  /** Where they were paused; null while everybody runs. */
  private @Nullable WatchedCalls quiescing;

  @Inject
  Participants(Options options) {
    this.program = new Party("the workload", options.quiescer());
    this.callDeadline = options.callDeadline();
    this.freezeDeadline = options.freezeDeadline();
    this.grace = options.interruptGrace();
  }

  /** Compared by identity. */
  private static final class Member {
    private final String name;
    private final Participant participant;
    private final Scope scope;
    private final Party party;

    Member(String name, Participant participant, Scope scope) {
      this.name = name;
      this.participant = participant;
      this.scope = scope;
      this.party = new Party("participant \"" + name + '"', new Resting(participant));
    }
  }

  /** The part of a participant that the program has too. */
  private record Resting(Participant participant) implements Quiescer {
    @Override
    public void pause(Deadline deadline) throws Exception {
      participant.pause(deadline);
    }

    @Override
    public void resume() {
      participant.resume();
    }
  }

  /**
   * Lets one join, after it has retrieved what came for it.
   *
   * @throws DuplicateParticipantException if its name is taken
   * @throws InvalidParticipantNameException if its name is none
   * @throws ParticipantFailedException if it cannot retrieve; then it has not joined
   */
  public Membership join(Participant participant, LiveUpdate luo) throws LuoException {
    String name = checked(participant.name());
    Member member = new Member(name, participant, new Scope(name, luo));
    enter(member);
    boolean joined = false;
    try {
      if (!member.scope.incoming().isEmpty()) {
        retrieve(member);
      }
      joined = true;
    } finally {
      if (!joined) {
        members.remove(member);
      }
    }
    return () -> members.remove(member);
  }

  private static void retrieve(Member member) throws ParticipantFailedException {
    try {
      member.participant.retrieve(member.scope);
    } catch (LuoException | RuntimeException e) {
      throw new ParticipantFailedException(member.name, Step.RETRIEVE, e);
    }
  }

  private static String checked(String name) throws InvalidParticipantNameException {
    int byteSize = name.getBytes(StandardCharsets.UTF_8).length;
    if (byteSize == 0 || byteSize > MAX_NAME || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      throw new InvalidParticipantNameException(name);
    }
    return name;
  }

  private synchronized void enter(Member member) throws DuplicateParticipantException {
    if (members.stream().anyMatch(other -> other.name.equals(member.name))) {
      throw new DuplicateParticipantException(member.name);
    }
    members.add(member);
  }

  /**
   * Answers whether the caller is called by one of those calls, for which an update waits.
   *
   * @see dev.luo.core.internal.callback.Attendance#isHere
   */
  public static boolean isHere() {
    return WatchedCalls.isHere();
  }

  /**
   * Lets each preserve what is to cross, within the time that any call outside the freeze has.
   *
   * @throws ParticipantFailedException of the first that does not, or does not come back
   */
  public void preserve() throws ParticipantFailedException {
    if (members.isEmpty()) {
      return;
    }
    try (WatchedCalls calls = new WatchedCalls("luo-participants", grace)) {
      for (Member member : members) {
        preserve(member, calls);
      }
    }
  }

  private void preserve(Member member, WatchedCalls calls) throws ParticipantFailedException {
    try {
      member.party.requireBack();
      calls.call(
          member.party,
          "preserve",
          Deadline.after(callDeadline),
          () -> {
            member.participant.preserve(member.scope);
            return true;
          });
    } catch (Exception e) {
      throw new ParticipantFailedException(member.name, Step.PRESERVE, e);
    }
  }

  /**
   * Brings the program to rest, then each participant in the order of joining. Whatever comes of
   * it, {@link #resume} lets go on whoever was asked.
   *
   * @throws ParticipantFailedException if a participant cannot, or does not come back
   * @throws Exception if the program cannot, or does not come back
   */
  public void pause(Deadline deadline) throws Exception {
    program.requireBack();
    WatchedCalls calls = new WatchedCalls("luo-quiesce", grace);
    calls.prepare();
    quiescing = calls;
    pause(program, deadline, calls);
    for (Member member : members) {
      try {
        member.party.requireBack();
        pause(member.party, deadline, calls);
      } catch (Exception e) {
        throw new ParticipantFailedException(member.name, Step.PAUSE, e);
      }
    }
  }

  /** Who fails to pause is resumed all the same. */
  private void pause(Party party, Deadline deadline, WatchedCalls calls) throws Exception {
    paused.push(party);
    calls.call(
        party,
        "pause",
        deadline,
        () -> {
          party.pause(deadline);
          return true;
        });
    if (deadline.expired()) {
      throw new TimeoutException(party + " came to rest too late");
    }
  }

  /**
   * Lets go on whoever was asked to pause, in reverse. Neither what one throws nor that it does not
   * come back keeps anybody else from going on: it is logged.
   */
  public void resume() {
    WatchedCalls calls = quiescing;
    quiescing = null;
    if (calls == null) {
      return;
    }
    try (calls) {
      while (!paused.isEmpty()) {
        resume(paused.pop(), calls);
      }
    }
  }

  private void resume(Party party, WatchedCalls calls) {
    try {
      calls.call(
          party,
          "resume",
          Deadline.after(freezeDeadline),
          () -> {
            party.resume();
            return true;
          });
    } catch (Exception | Error e) {
      LOG.log(Level.ERROR, party + " could not be resumed", e);
    }
  }

  /** Leaves whoever is paused as the end of the process would. */
  public void abandon() {
    paused.clear();
    WatchedCalls calls = quiescing;
    quiescing = null;
    if (calls != null) {
      calls.close();
    }
  }
}
