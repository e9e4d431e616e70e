// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.core.internal.wiring.Opening;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.LuoException;
import java.util.Optional;

/**
 * The live update orchestrator of this process. Thread-safe; one a process.
 *
 * <pre>{@code
 * try (LiveUpdate luo = LiveUpdate.open(Options.crossings(Crossing.EXEC))) {
 *   Fd ram;
 *   if (luo.incoming().isPresent()) {
 *     try (IncomingSession came = luo.retrieveSession("vm-42")) {
 *       ram = came.retrieve(Token.of(1)).file();
 *       luo.resumed();
 *       came.renew(); // for the next update
 *     }
 *   } else {
 *     ram = Memfd.create("ram");
 *     luo.createSession("vm-42").preserve(Token.of(1), ram);
 *   }
 *   …
 *   luo.update(Successor.sameCommand());
 * }
 * }</pre>
 */
public interface LiveUpdate extends AutoCloseable {

  /**
   * Opens luo and takes over what a predecessor handed to this process, if anything.
   *
   * <p>Called first in {@code main}, before the program has any effect that can be seen from
   * outside: when a predecessor only wants to know whether this program could take over (a <em>dry
   * start</em>), the answer is given in here and the process ends.
   *
   * @throws ImageRefusedException if something was handed over that cannot be what a predecessor
   *     wrote. Its descriptors stay open and untouched
   * @throws LuoException if a handler cannot be registered
   * @throws IllegalStateException if luo is open in this process already
   */
  static LiveUpdate open(Options options) throws LuoException {
    return Opening.open(options);
  }

  /**
   * Adds a handler to those that {@link #open} found, to be asked last; a file whose handler was
   * missing can be retrieved from then on.
   *
   * @throws DuplicateHandlerException if there is one for the same string
   * @throws InvalidHandlerException if it contradicts itself
   */
  void register(FileHandler<?> handler) throws LuoException;

  /**
   * Removes a handler, from {@link #open} or {@link #register}: it is asked for no file any more,
   * and its FLBs are detached from it (LUO-REG-08); an FLB leaves with the last handler that named
   * it (LUO-FLB-10). It may be registered again, and is then asked last (LUO-REG-11). A handler
   * that is not registered is met with a warning only (LUO-FLB-09).
   *
   * <p>Waits for no call: a file that is being preserved holds the handler, or is refused.
   *
   * @throws HandlerInUseException if files need it: outgoing ones that it preserved, or incoming
   *     ones that it accepts and whose sessions are not finished (LUO-REG-10). With {@link
   *     Options#strict()} nothing looks at that, and these files keep the handler
   */
  void unregister(FileHandler<?> handler) throws LuoException;

  /** Returns the handlers, to be looked at and switched. */
  Handlers handlers();

  /** Returns what was handed over; empty on a cold start. */
  Optional<IncomingImage> incoming();

  /**
   * Claims a session that was handed over, in any order.
   *
   * @throws NoSuchSessionException if no such session was handed over, or it is finished
   *     (LUO-SES-20)
   * @throws SessionClaimedException if somebody has claimed it and not closed it (LUO-SES-24)
   * @throws SwitchedOffException if live update is {@linkplain Options#switchedOff switched off}
   * @throws IllegalStateException if luo is closed
   */
  IncomingSession retrieveSession(String name) throws LuoException;

  /**
   * Refers to the live object of a shared state that files here stand on, so that it is not
   * unpreserved before the reference is closed (LUO-FLB-19). References are counted in what crosses
   * (LUO-FLB-21). They end with {@link #close}, at the latest. Waits while an update is under way.
   *
   * @throws NoSharedStateException ENOENT if no file stands on it (LUO-FLB-18)
   */
  <T> FlbReference<T> outgoing(FileLifecycleBound<T> flb) throws LuoException;

  /**
   * Refers to the live object of a shared state that was handed over, retrieved by the first who
   * asks (LUO-FLB-25). It is finished with the last of its files, but not before the reference is
   * closed (LUO-FLB-28). No session need be claimed and no handler be there that depends on the
   * state (LUO-FLB-33). A reference that an update finds open is lost with this process, and the
   * state then never finished.
   *
   * @throws NoSharedStateException ENODATA if nothing was handed over (LUO-FLB-23) or the state is
   *     finished (LUO-FLB-30), ENOENT if it is not among what was handed over (LUO-FLB-24)
   * @throws LuoException if it cannot be retrieved, every time the same (LUO-FLB-26)
   */
  <T> FlbReference<T> incoming(FileLifecycleBound<T> flb) throws LuoException;

  /**
   * Creates an empty session whose files will be handed over.
   *
   * @param name 1 to 63 bytes of UTF-8 without NUL, unlike every other session created here
   *     (LUO-SES-01)
   * @throws InvalidSessionNameException if it is not (LUO-SES-02, LUO-SES-03)
   * @throws SessionExistsException if there is one of that name (LUO-SES-07)
   * @throws TooManySessionsException if the {@linkplain Options#imageAbi form of the image} has no
   *     room for another
   * @throws SwitchedOffException if live update is {@linkplain Options#switchedOff switched off}
   * @throws IllegalStateException if luo is closed
   */
  OutgoingSession createSession(String name) throws LuoException;

  /**
   * Replaces this process by its successor. Does not return if it succeeds: the successor goes on.
   *
   * <p>Everything that can be checked is checked before the workload is paused. A failure at any
   * later step rolls back: files are unfrozen, the workload is resumed, and the exception says
   * which step failed. Calls to sessions wait meanwhile, and go on after a failure (LUO-SER-16).
   * What sessions took while the successor was tried is held against its description once more when
   * everything is frozen.
   *
   * <p>One update at a time; another waits. A guardian of the update that led to this process is
   * stood down first, if {@link #resumed} was not called.
   *
   * @throws IncomingUnfinishedException if a session that was handed to this process is not
   *     finished: it would be lost (LUO-SES-39)
   * @throws SuccessorRefusedException if the successor cannot be started, or lacks a handler; if
   *     there can be no guardian, or the one of the last update cannot be stood down
   * @throws ParticipantFailedException if a participant cannot preserve what is to cross
   * @throws FreezeRefusedException if the workload could not be paused or a file not frozen
   * @throws HandlerStuckException if a handler did not come back from the freeze of a file that
   *     this update cannot do without; it is quarantined
   * @throws HandoverMemoryException if what crosses does not fit into {@linkplain
   *     Options#memoryReserve handover memory}
   * @throws ExecFailedException if the system refused to replace the process
   * @throws IllegalStateException if luo is closed, also while the update is under way; if called
   *     from within an update
   */
  void update(Successor successor) throws LuoException;

  /**
   * Finds out what would become of everything that is preserved now if a program took over, without
   * pausing or freezing anything: the program is tried as an {@linkplain #update update} would try
   * it, and what it says of itself is held against what is preserved. What would refuse an update
   * to any program is said as well. An update that lacks nothing here can still be refused: by a
   * participant, which preserves only then, and by a handler, at freeze.
   *
   * <p>Calls to sessions go on meanwhile. An update that is under way is waited for; one that is
   * asked for meanwhile waits.
   *
   * @throws SuccessorRefusedException if the program cannot be asked: it is not there, ends, hangs
   *     or answers nonsense. An update would be refused for the same
   * @throws IllegalStateException if luo is closed; if called from within an update
   */
  CheckReport check(Successor successor) throws LuoException;

  /**
   * Lets a library of this program take part in updates. What came for it, it {@linkplain
   * Participant#retrieve retrieves} in here. An update that is under way is waited for.
   *
   * @return its membership, which ends when that is closed
   * @throws DuplicateParticipantException if another has its name
   * @throws InvalidParticipantNameException if its name is none
   * @throws ParticipantFailedException if it cannot retrieve what came; then it has not joined
   * @throws IllegalStateException if luo is closed; if called from within an update
   */
  Membership join(Participant participant) throws LuoException;

  /**
   * Says that the workload runs again in this process. Ends the blackout in the {@linkplain
   * #report() report}, and begins in the background what was put off until now: above all, a
   * guardian is stood down. Until that is done, which takes some tens of milliseconds, the death of
   * this process still brings the old program back. {@link IncomingSession#finish} waits for it, so
   * that what is given up is never missed; so do {@link #update} and {@link #close}. Without an
   * update, and from the second call on, it does nothing.
   *
   * <p>Called before {@link IncomingSession#finish}, which refuses otherwise if there is a
   * guardian, and even if what came is {@linkplain Options#ignoringIncoming ignored}: a guardian
   * that hears nothing ends this process at its deadline.
   *
   * <p>What the program has to {@linkplain Options#refreshing renew} is renewed first, once.
   *
   * @throws NotRefreshedException if something could not be renewed. The workload must not run
   *     then; nothing else was done, and the call can be made again
   */
  void resumed();

  /**
   * Returns the report of the update that led to this process, as far as it has come, with those of
   * the updates before it; empty on a cold start.
   */
  Optional<UpdateReport> report();

  /**
   * Returns the report of the last update that was tried from this process and refused: how far it
   * came, what it took and why it was refused. Empty if none was.
   */
  Optional<UpdateReport> refusedUpdate();

  /**
   * Closes every outgoing session, and lets luo be opened again. What was handed over and not
   * finished stays open, untouched, until the process ends; only the first opening finds it.
   * Idempotent.
   *
   * <p>Calls an update off that is under way, and waits until it has gone back. One that has frozen
   * everything by then is not called off: if it succeeds, this does not return.
   *
   * @throws IllegalStateException if called from within an update, by a quiescer or a handler
   */
  @Override
  void close();
}
