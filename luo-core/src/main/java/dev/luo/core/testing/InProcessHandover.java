// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.testing;

import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.internal.wiring.InProcess;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.ThawCause;

/**
 * A handover inside one JVM, frozen on one side and opened on the other. Closed by whoever made it;
 * one of {@link #takeBack} and {@link #close} ends it.
 *
 * <pre>{@code
 * LiveUpdate before = InProcessHandover.open(options);
 * before.createSession("s").preserve(Token.of(1), file);
 * try (InProcessHandover handover = InProcessHandover.handOver(before, options)) {
 *   Fd after = handover.successor().retrieveSession("s").retrieve(Token.of(1)).file();
 * }
 * }</pre>
 *
 * <p>Not thread-safe: made, taken back and closed by one thread.
 */
public final class InProcessHandover implements AutoCloseable {

  private final InProcess handover;

  private InProcessHandover(InProcess handover) {
    this.handover = handover;
  }

  /** Opens luo without regard to others in this JVM, and to what was handed to the process. */
  public static LiveUpdate open(Options options) throws LuoException {
    return InProcess.open(options);
  }

  /**
   * Freezes a predecessor and opens its successor on copies of everything that would cross.
   *
   * @param predecessor opened by {@link #open}, or a {@link #successor} itself
   * @param options of the successor, with handlers of its own
   * @throws LuoException if the predecessor cannot be frozen, or the image is refused; the
   *     predecessor then goes on
   */
  public static InProcessHandover handOver(LiveUpdate predecessor, Options options)
      throws LuoException {
    return new InProcessHandover(InProcess.handOver(predecessor, options, Origin.HANDOVER));
  }

  /**
   * Lets a predecessor die at work, without a freeze, and opens its successor on copies of
   * everything that it would leave in a store: the successor's handlers see {@link Origin#CRASH}.
   * There is no way back.
   *
   * @param predecessor opened by {@link #open}, or a {@link #successor} itself
   * @param options of the successor, with handlers of its own
   * @throws LuoException if the image is refused; the predecessor is dead all the same
   */
  public static InProcessHandover crash(LiveUpdate predecessor, Options options)
      throws LuoException {
    return new InProcessHandover(InProcess.handOver(predecessor, options, Origin.CRASH));
  }

  /**
   * Freezes a program that has taken over, and opens the one before it on what it gives back: the
   * handlers of that one see {@link Origin#RETURNED}.
   *
   * @param successor which took over from a program as {@code options} describe it, and has
   *     preserved everything again
   * @param options of the program that gets it back, with handlers of its own
   * @throws LuoException as from {@link #handOver}
   */
  public static InProcessHandover giveBack(LiveUpdate successor, Options options)
      throws LuoException {
    return new InProcessHandover(InProcess.handOver(successor, options, Origin.RETURNED));
  }

  /** Returns the luo that took over; closed by the caller. */
  public LiveUpdate successor() {
    return handover.successor();
  }

  /**
   * Thaws the predecessor, as if the update had been refused, and closes what the successor still
   * holds. The successor has to be closed by then.
   */
  public void takeBack() {
    takeBack(ThawCause.REFUSED);
  }

  /**
   * Thaws the predecessor as {@link #takeBack()} does, for another reason.
   *
   * @param cause {@link ThawCause#RETURNED} if the successor has retrieved files
   * @throws IllegalStateException if the predecessor {@linkplain #crash died}
   */
  public void takeBack(ThawCause cause) {
    handover.takeBack(cause);
  }

  /**
   * Lets the predecessor die: its descriptors and its memory are closed, and no handler is called.
   * The successor stays open. Does nothing after {@link #takeBack}.
   */
  @Override
  public void close() {
    handover.close();
  }
}
