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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The program and all who have joined it, brought to rest as one: the program first, and resumed
 * last. Thread-safe; preserve, pause and resume are called by an update's thread.
 */
@Singleton
public final class Participants implements Quiescer {

  private static final Logger LOG = System.getLogger("dev.luo.core");
  private static final int MAX_NAME = 40;

  private final Quiescer program;
  private final List<Member> members = new CopyOnWriteArrayList<>();

  /** Who has to be resumed, the last to be paused first. */
  private final Deque<Quiescer> paused = new ArrayDeque<>();

  @Inject
  Participants(Options options) {
    this.program = options.quiescer();
  }

  /** Compared by identity. */
  private static final class Member implements Quiescer {
    private final String name;
    private final Participant participant;
    private final Scope scope;

    Member(String name, Participant participant, Scope scope) {
      this.name = name;
      this.participant = participant;
      this.scope = scope;
    }

    @Override
    public void pause(Deadline deadline) throws Exception {
      try {
        participant.pause(deadline);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        throw new ParticipantFailedException(name, Step.PAUSE, e);
      }
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

  /** Lets each preserve what is to cross. */
  public void preserve() throws ParticipantFailedException {
    for (Member member : members) {
      try {
        member.participant.preserve(member.scope);
      } catch (LuoException | RuntimeException e) {
        throw new ParticipantFailedException(member.name, Step.PRESERVE, e);
      }
    }
  }

  @Override
  public void pause(Deadline deadline) throws Exception {
    pause(program, deadline);
    for (Member member : members) {
      pause(member, deadline);
    }
  }

  /** Who fails to pause is resumed all the same. */
  private void pause(Quiescer one, Deadline deadline) throws Exception {
    paused.push(one);
    one.pause(deadline);
  }

  /** What one throws keeps nobody else from going on. */
  @Override
  public void resume() {
    while (!paused.isEmpty()) {
      Quiescer one = paused.pop();
      try {
        one.resume();
      } catch (RuntimeException | Error e) {
        String who = one instanceof Member member ? "participant " + member.name : "the workload";
        LOG.log(Level.ERROR, who + " could not be resumed", e);
      }
    }
  }
}
