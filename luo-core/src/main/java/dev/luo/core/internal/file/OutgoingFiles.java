// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.HandlerFailedException;
import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.NoHandlerException;
import dev.luo.core.Options;
import dev.luo.core.internal.callback.Callbacks;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.descriptor.CarriedDescriptors;
import dev.luo.core.internal.file.OutgoingCall.Surroundings;
import dev.luo.core.internal.flb.OutgoingFlbs;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.registry.RegisteredHandler;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Preserved;
import dev.luo.spi.Recovery;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Moves one file through preserve, freeze, unfreeze and unpreserve. Which files there are, and in
 * which order they are taken, is the session's business. Calls for one file are serialised by its
 * session.
 */
@Singleton
public final class OutgoingFiles {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final Callbacks callbacks;
  private final HandlerRegistry registry;
  private final OutgoingMemory memory;
  private final Surroundings surroundings;

  /** How many files were preserved so far. */
  private final AtomicLong preserved = new AtomicLong();

  @Inject
  OutgoingFiles(
      Callbacks callbacks,
      HandlerRegistry registry,
      OutgoingMemory memory,
      CarriedDescriptors carried,
      IdentityMap identities,
      OutgoingFlbs flbs,
      Remarks remarks,
      Options options) {
    this.callbacks = callbacks;
    this.registry = registry;
    this.memory = memory;
    this.surroundings = new Surroundings(options.crossings(), carried, identities, flbs, remarks);
  }

  /**
   * Preserves a file. On failure everything is as before, in the order of LUO-FIL-16: FLBs,
   * identity, descriptor.
   */
  public OutgoingFile<?> preserve(Siblings siblings, PreserveRequest request) throws LuoException {
    Undo undo = new Undo();
    try {
      Fd own = request.file().duplicate();
      undo.add(own::close);
      RegisteredHandler<?> handler =
          registry
              .preserving(candidate -> takes(candidate, own, siblings.name(), request.token()))
              .orElseThrow(() -> NoHandlerException.forFile(own.describe(), registry.accepted()));
      if (!handler.hold()) {
        throw NoHandlerException.unregistered(own.describe(), handler.compatible());
      }
      undo.add(handler::letGo);
      OutgoingFile<?> preserved = preserve(siblings, request, own, handler, undo);
      undo.disarm();
      return preserved;
    } catch (LinuxException e) {
      throw new HandlerException(
          "cannot take hold of " + request.file().describe() + ": " + e.getMessage(),
          e.errno(),
          Recovery.FIX_ARGUMENTS,
          e);
    } finally {
      undo.run();
    }
  }

  /** A handler that throws instead of answering does not keep the file from the next one. */
  private boolean takes(RegisteredHandler<?> handler, Fd own, String session, Token token) {
    FileName name = new FileName(session, token, handler.format());
    try (CandidateCall call = new CandidateCall(name, own, handler.callDeadline())) {
      return callbacks.ask(
          call, Step.CAN_PRESERVE, call, () -> handler.handler().canPreserve(call.candidate()));
    }
  }

  private <R extends @Nullable Object> OutgoingFile<R> preserve(
      Siblings siblings, PreserveRequest request, Fd own, RegisteredHandler<R> handler, Undo undo)
      throws LuoException, LinuxException {
    FileName name = new FileName(siblings.name(), request.token(), handler.format());
    OutgoingFile<R> file =
        new OutgoingFile<>(
            name,
            preserved.incrementAndGet(),
            handler,
            own,
            request.importance(),
            request.attachment(),
            memory);
    IdentityMap.Entry identity =
        surroundings.identities().claim(own, handler.identityScope(), file, request.renewed());
    file.identity = identity;
    undo.add(() -> surroundings.identities().release(identity));
    surroundings.flbs().acquire(handler.dependencies(name.compatible()), name);
    undo.add(() -> surroundings.flbs().release(handler.dependencies(name.compatible()), name));
    undo.add(() -> releaseBelongings(file, siblings));
    try (OutgoingCall<R> call = call(file, siblings, null, file.handler.callDeadline())) {
      Preserved<R> result =
          callbacks.attempt(
              file,
              Step.PRESERVE,
              call,
              () -> Objects.requireNonNull(handler.handler().preserve(call), "preserved"));
      file.preserved(result);
    }
    return file;
  }

  /**
   * Freezes a file and takes over the handle that crosses (LUO-SER-05).
   *
   * @throws HandlerFailedException if it cannot be frozen, or came back too late; then the file is
   *     frozen all the same
   */
  public <R extends @Nullable Object> void freeze(
      OutgoingFile<R> file, Siblings siblings, Crossing crossing, Deadline deadline)
      throws HandlerFailedException {
    Deadline its = file.handler.freezeDeadline(deadline);
    try (OutgoingCall<R> call = call(file, siblings, crossing, its)) {
      Handle handle;
      try {
        handle =
            callbacks.attempt(
                file,
                Step.FREEZE,
                call,
                () -> Objects.requireNonNull(file.handler.handler().freeze(call), "handle"));
      } catch (HandlerFailedException e) {
        call.giveBack();
        throw e;
      }
      file.frozen(handle);
    }
    if (its.expired()) {
      throw file.failure(
          Step.FREEZE,
          new HandlerException(
              "it came back after its deadline", Errno.ETIMEDOUT, Recovery.RETRY_LATER));
    }
  }

  /** Undoes a freeze; the handle stays as it is (LUO-SER-14). */
  public <R extends @Nullable Object> void unfreeze(
      OutgoingFile<R> file, Siblings siblings, ThawCause cause, Deadline deadline) {
    try (OutgoingCall<R> call = call(file, siblings, null, deadline)) {
      callbacks.run(file, Step.UNFREEZE, call, () -> file.handler.handler().unfreeze(call, cause));
    }
    file.thawed();
  }

  /** Lets an update go on without a file that is not frozen. */
  public void drop(OutgoingFile<?> file) {
    file.drop();
    surroundings.flbs().stayBehind(file.standsOn());
  }

  /** Lets a file that was dropped take part in the next update. */
  public void takeAlong(OutgoingFile<?> file) {
    file.thawed();
    surroundings.flbs().takeAlong(file.standsOn());
  }

  /**
   * Leaves a file alone for ever, as a call of its handler did not come back and may be using
   * whatever it has: descriptors, memory, shared state.
   *
   * @param where with the stack trace of the call's thread
   */
  public void quarantine(OutgoingFile<?> file, Step step, Throwable where) {
    file.quarantine(step, where);
    surroundings.flbs().stayBehind(file.standsOn());
    memory.keep();
    file.handler.switchOff();
  }

  /** Undoes a preserve, in the order of LUO-FIL-23: handler, FLBs, identity, descriptor. */
  public <R extends @Nullable Object> void unpreserve(OutgoingFile<R> file, Siblings siblings) {
    try (OutgoingCall<R> call = call(file, siblings, null, file.handler.callDeadline())) {
      callbacks.run(file, Step.UNPRESERVE, call, () -> file.handler.handler().unpreserve(call));
    }
    releaseBelongings(file, siblings);
    surroundings.flbs().release(file.standsOn(), file.name());
    if (file.identity != null) {
      surroundings.identities().release(file.identity);
    }
    file.handler.letGo();
    file.fd.close();
  }

  private void releaseBelongings(OutgoingFile<?> file, Siblings siblings) {
    file.forgetReferences(List.copyOf(file.refersTo()), siblings);
    surroundings.carried().drop(file.slots);
    file.memory.release();
    surroundings.remarks().forget(file.name());
  }

  private <R extends @Nullable Object> OutgoingCall<R> call(
      OutgoingFile<R> file, Siblings siblings, @Nullable Crossing crossing, Deadline deadline) {
    return new OutgoingCall<>(file, siblings, surroundings, crossing, deadline);
  }

  /** What to undo if a later step fails, newest first. */
  private static final class Undo {
    private final Deque<Runnable> steps = new ArrayDeque<>();

    void add(Runnable step) {
      steps.push(step);
    }

    void disarm() {
      steps.clear();
    }

    void run() {
      steps.forEach(Undo::runOne);
    }

    private static void runOne(Runnable step) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "a file that was not preserved could not be undone entirely", e);
      }
    }
  }
}
