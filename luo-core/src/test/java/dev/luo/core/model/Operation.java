// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import static dev.luo.core.model.Callback.CAN_FINISH;
import static dev.luo.core.model.Callback.CAN_PRESERVE;
import static dev.luo.core.model.Callback.FINISH;
import static dev.luo.core.model.Callback.FREEZE;
import static dev.luo.core.model.Callback.PRESERVE;
import static dev.luo.core.model.Callback.RESUME;
import static dev.luo.core.model.Callback.RETRIEVE;
import static dev.luo.core.model.Callback.SHARED_FINISH;
import static dev.luo.core.model.Callback.SHARED_PRESERVE;
import static dev.luo.core.model.Callback.SHARED_RETRIEVE;
import static dev.luo.core.model.Callback.SHARED_UNPRESERVE;
import static dev.luo.core.model.Callback.UNFREEZE;
import static dev.luo.core.model.Callback.UNPRESERVE;
import static dev.luo.core.model.Callback.VERIFY;

import java.util.List;

/**
 * The moves of the game: how often each is made, what it does to a {@link Subject}, which callbacks
 * may misbehave meanwhile, and which numbers it takes. A new move is one constant here and one
 * method in {@link Subject}.
 */
@SuppressWarnings("ImmutableEnumChecker") // made by of(), and lambdas without state
enum Operation {
  CREATE(8, Phase.PRESERVING, (s, a) -> s.create(a[0]), List.of(), Pick.NEW_NAME),
  PRESERVE_FILE(
      24,
      Phase.PRESERVING,
      (s, a) -> s.preserve(a[0], a[1], a[2], a[3], a[4], a[5]),
      List.of(CAN_PRESERVE, PRESERVE, SHARED_PRESERVE, SHARED_UNPRESERVE),
      Pick.OUTGOING,
      Pick.FREE_TOKEN,
      Pick.THING,
      Pick.OPENING,
      Pick.REFERENCE,
      Pick.IMPORTANCE),
  UNPRESERVE_FILE(
      5,
      Phase.PRESERVING,
      (s, a) -> s.unpreserve(a[0], a[1]),
      List.of(UNPRESERVE, SHARED_UNPRESERVE),
      Pick.OUTGOING,
      Pick.OUTGOING_TOKEN),
  CLOSE_OUTGOING(
      2,
      Phase.PRESERVING,
      (s, a) -> s.closeOutgoing(a[0]),
      List.of(UNPRESERVE, SHARED_UNPRESERVE),
      Pick.OUTGOING),
  HAND_OVER(
      3,
      Phase.PRESERVING,
      (s, a) -> s.handOver(a[0], a[1]),
      List.of(FREEZE, UNFREEZE),
      Pick.PROGRAM,
      Pick.REPLACING),
  SETTLE(1, Phase.EVER, (s, a) -> s.settle(), List.of()),
  TAKE_BACK(2, Phase.EVER, (s, a) -> s.takeBack(), List.of(UNPRESERVE, UNFREEZE)),
  START_OVER(1, Phase.EVER, (s, a) -> s.startOver(a[0]), List.of(), Pick.PROGRAM),
  REGISTER(2, Phase.EVER, (s, a) -> s.register(a[0]), List.of(), Pick.KIND),
  UNREGISTER(2, Phase.EVER, (s, a) -> s.unregister(a[0]), List.of(), Pick.KIND),
  CLAIM(14, Phase.ARRIVING, (s, a) -> s.claim(a[0]), List.of(), Pick.UNCLAIMED),
  RETRIEVE_FILE(
      30,
      Phase.ARRIVING,
      (s, a) -> s.retrieve(a[0], a[1]),
      List.of(RETRIEVE, RESUME, SHARED_RETRIEVE),
      Pick.INCOMING,
      Pick.INCOMING_TOKEN),
  RETRY_RETRIEVE(
      6,
      Phase.ARRIVING,
      (s, a) -> s.retryRetrieve(a[0], a[1]),
      List.of(RETRIEVE, RESUME, SHARED_RETRIEVE),
      Pick.INCOMING,
      Pick.INCOMING_TOKEN),
  VERIFY_SESSION(3, Phase.ARRIVING, (s, a) -> s.verify(a[0]), List.of(VERIFY), Pick.INCOMING),
  FINISH_SESSION(
      12,
      Phase.ARRIVING,
      (s, a) -> s.finish(a[0]),
      List.of(VERIFY, CAN_FINISH, FINISH, SHARED_RETRIEVE, SHARED_FINISH),
      Pick.INCOMING),
  RENEW_SESSION(
      8,
      Phase.ARRIVING,
      (s, a) -> s.renew(a[0]),
      List.of(VERIFY, CAN_FINISH, CAN_PRESERVE, PRESERVE, SHARED_PRESERVE, UNPRESERVE, FINISH),
      Pick.INCOMING),
  DISCARD_SESSION(
      3,
      Phase.ARRIVING,
      (s, a) -> s.discard(a[0]),
      List.of(CAN_FINISH, FINISH, SHARED_RETRIEVE, SHARED_FINISH),
      Pick.INCOMING),
  CLOSE_INCOMING(
      6,
      Phase.ARRIVING,
      (s, a) -> s.closeIncoming(a[0]),
      List.of(VERIFY, CAN_FINISH, FINISH, SHARED_RETRIEVE, SHARED_FINISH),
      Pick.INCOMING),
  RESUMED(1, Phase.EVER, (s, a) -> s.resumed(), List.of());

  /** A move as it is made. */
  @FunctionalInterface
  interface Move {
    String on(Subject subject, int[] arguments) throws Exception;
  }

  /** In which part of life a move makes sense. */
  enum Phase {
    /** While something is being prepared. */
    PRESERVING,
    /** While something that came is not finished. */
    ARRIVING,
    EVER
  }

  final int weight;
  final Phase phase;
  final Move move;
  final List<Callback> callbacks;
  final List<Pick> picks;

  Operation(int weight, Phase phase, Move move, List<Callback> callbacks, Pick... picks) {
    this.weight = weight;
    this.phase = phase;
    this.move = move;
    this.callbacks = callbacks;
    this.picks = List.of(picks);
  }

  /** Answers whether there is no session that it could be about. */
  boolean isFutile(Prospects now) {
    return (picks.contains(Pick.OUTGOING) && now.outgoing().isEmpty())
        || (picks.contains(Pick.INCOMING) && now.incoming().isEmpty())
        || (picks.contains(Pick.UNCLAIMED) && now.unclaimed().isEmpty());
  }
}
