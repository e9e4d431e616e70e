// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;

/**
 * A library that has something to hand over, in a program that is updated by somebody else. The
 * program {@linkplain LiveUpdate#join lets it join}; from then on it takes part in every update,
 * with sessions of its own.
 *
 * <p>Implemented by libraries, called by luo: {@link #retrieve} once, when it joins, on the thread
 * that lets it; the others in each update, by threads of luo's own that are given up if they do not
 * come back, in this order. They may neither update nor close luo. While a call of one participant
 * that was given up is still under way, updates are refused.
 *
 * <p>The program itself is paused before any participant and resumed after all of them: a library
 * at rest may keep its callers waiting, and a program can only come to rest while what it calls
 * answers. Among participants, who joined first is paused first and resumed last.
 */
public interface Participant {

  /**
   * Returns its name, which is that of its sessions up to the first slash: {@code pool} has the
   * sessions {@code pool/…}. Not empty, no slash, at most 40 bytes of UTF-8; asked once.
   */
  String name();

  /**
   * Takes over what came for it. Called once while it joins, if a session of its name was handed
   * over and is not finished. It has to finish what it takes: an update is refused while a session
   * that came in is not.
   *
   * <p>Not always in here: if there is a guardian, {@link IncomingSession#finish} is an {@link
   * IllegalStateException} until {@link LiveUpdate#resumed} was called. What is only retrieved here
   * is finished, or renewed, afterwards; at the latest in {@link #preserve}.
   *
   * @throws LuoException if it cannot; then it has not joined, and what came stays. The program
   *     gets a {@link ParticipantFailedException} with this as its cause
   */
  default void retrieve(ParticipantScope scope) throws LuoException {}

  /**
   * Preserves what is to cross and is not preserved yet. Called at the beginning of each update,
   * before the successor is tried, while everything runs. What it preserved for an update that was
   * refused is still preserved. Has {@link Options#callDeadline}; who takes longer is interrupted,
   * then given up, and the update is refused.
   *
   * @throws LuoException if it cannot; the update is refused
   */
  void preserve(ParticipantScope scope) throws LuoException;

  /**
   * Brings itself to rest: afterwards it changes nothing that it preserved, until {@link #resume}.
   * What is not back by the deadline is interrupted, then given up, as with {@link Quiescer#pause}.
   *
   * @throws Exception if it cannot; the update is refused, and {@code resume} is called all the
   *     same
   */
  default void pause(Deadline deadline) throws Exception {}

  /**
   * Goes on, because the update was refused. Called by the thread that called {@link #pause},
   * unless that was given up. What it throws is logged, and so is that it does not come back.
   */
  default void resume() {}
}
