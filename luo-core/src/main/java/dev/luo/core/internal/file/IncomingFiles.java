// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.Attachment;
import dev.luo.core.HandlerFailedException;
import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.Importance;
import dev.luo.core.NoHandlerException;
import dev.luo.core.RetrievedFile;
import dev.luo.core.internal.callback.Callbacks;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.registry.RegisteredHandler;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Restored;
import dev.luo.spi.Retrieval;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves one file through retrieve, verify and finish. Which files there are, and in which order
 * they are taken, is the session's business. Calls for one file are serialised by its session.
 */
public final class IncomingFiles {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final Callbacks callbacks;
  private final HandlerRegistry registry;
  private final IdentityMap identities;
  private final IncomingSurroundings surroundings;
  private final Conduct conduct;

  /** Prepares for the files that the surroundings belong to. */
  public IncomingFiles(
      Callbacks callbacks,
      HandlerRegistry registry,
      IdentityMap identities,
      IncomingSurroundings surroundings,
      Conduct conduct) {
    this.callbacks = callbacks;
    this.registry = registry;
    this.identities = identities;
    this.surroundings = surroundings;
    this.conduct = conduct;
  }

  /**
   * Rebuilds a file that nobody has asked for yet, and lets it run: on the ways that lead here the
   * point of no return is past. The outcome is remembered, except that a missing handler can still
   * be supplied, and that the process may have a descriptor to spare the next time (LUO-FIL-44).
   */
  public void retrieve(IncomingFile file, Peers peers, Attachment attachment) throws LuoException {
    RegisteredHandler<?> handler = handler(file);
    try (RetrieveCall call =
        new RetrieveCall(file, handler, peers, surroundings, attachment, handler.callDeadline())) {
      Fd own =
          callbacks.attempt(
              subject(file),
              Step.RETRIEVE,
              call,
              () -> {
                Restored restored = handler.handler().retrieve(call);
                Fd kept = own(restored.file(), call);
                file.retrieved(restored, kept);
                return kept;
              });
      enter(file, own, handler);
    } catch (HandlerFailedException e) {
      if (!e.errno().equals(Errno.EMFILE)) {
        file.failed(new Retrieval.Failed(e));
        surroundings.report().set(file.outcome());
      }
      throw e;
    }
    try (SettledCall call = settled(file, handler, peers)) {
      callbacks.run(subject(file), Step.RESUME, call, () -> handler.handler().resume(call));
    }
    surroundings.report().set(file.outcome());
  }

  private RegisteredHandler<?> handler(IncomingFile file) throws NoHandlerException {
    return handlerIfThere(file)
        .orElseThrow(
            () -> NoHandlerException.forRecord(file.name().compatible(), registry.accepted()));
  }

  /**
   * Holds the handler for the file (LUO-FIL-45), unless it is just being unregistered. One that was
   * unregistered without regard to files keeps those that it had (LUO-REG-10).
   */
  private Optional<RegisteredHandler<?>> handlerIfThere(IncomingFile file) {
    if (file.handler == null) {
      Optional<RegisteredHandler<?>> found = registry.accepting(file.name().compatible());
      boolean held = found.isPresent() && found.get().holdArrived();
      if (held || !conduct.unregisterLooksForFiles()) {
        file.handler = found.orElse(null);
        file.holdsHandler = held;
      }
    }
    return Optional.ofNullable(file.handler);
  }

  private static void letGo(IncomingFile file) {
    if (file.handler != null && file.holdsHandler) {
      file.handler.letGoArrived();
    }
    file.handler = null;
  }

  /** A handler returns a descriptor of its own, or the view of one that it borrowed. */
  private static Fd own(Fd returned, RetrieveCall call) {
    Fd original = call.original(returned);
    if (original != null) {
      return original.share();
    }
    if (!returned.isOwned()) {
      throw new IllegalStateException(
          "retrieve returned a view that was not borrowed in this call: " + returned);
    }
    return returned;
  }

  /** A collision, or an inode that cannot be told, does not undo what was rebuilt (LUO-FIL-42). */
  private void enter(IncomingFile file, Fd own, RegisteredHandler<?> handler) {
    try {
      file.identity = identities.add(own, handler.identityScope(), file);
    } catch (LinuxException e) {
      LOG.log(Level.WARNING, "cannot tell the identity of " + file.name(), e);
    }
  }

  /** Forgets a failure, so that the handler is asked again. */
  public void forgetFailure(IncomingFile file) {
    file.forgetFailure();
  }

  /**
   * Answers whether a session can be finished without a file that was not retrieved: an optional
   * one that could not be.
   */
  public boolean mayBeDropped(IncomingFile file) {
    return file.importance() == Importance.OPTIONAL
        && (file.retrieval() instanceof Retrieval.Failed || handlerIfThere(file).isEmpty());
  }

  /** Returns what the embedder gets of a file that was retrieved. */
  public RetrievedFile handOut(IncomingFile file) {
    Restored restored = file.restored();
    file.handedOut = true;
    return new RetrievedFile(
        restored.file().share(), restored.fidelity(), restored.note(), restored.attachment());
  }

  /** Lets the handler compare a retrieved file with its record, once. */
  public void verify(IncomingFile file, Peers peers) throws LuoException {
    if (file.verified || !file.isRetrieved()) {
      return;
    }
    RegisteredHandler<?> handler = handler(file);
    try (SettledCall call = settled(file, handler, peers)) {
      callbacks.<@Nullable Void, HandlerFailedException>attempt(
          subject(file),
          Step.VERIFY,
          call,
          () -> {
            handler.handler().verify(call);
            return null;
          });
    }
    file.verified = true;
  }

  /**
   * Asks the handler whether the record may be given up; without a handler there is nobody to
   * object.
   */
  public boolean canFinish(IncomingFile file, Peers peers) {
    Optional<RegisteredHandler<?>> handler = handlerIfThere(file);
    if (handler.isEmpty()) {
      return true;
    }
    try (SettledCall call = settled(file, handler.get(), peers)) {
      return callbacks.ask(
          subject(file), Step.CAN_FINISH, call, () -> handler.get().handler().canFinish(call));
    }
  }

  /** Asks the handler to give up what the predecessor left, then its FLBs (LUO-FIL-38). */
  public void finish(IncomingFile file, Peers peers) {
    Optional<RegisteredHandler<?>> found = handlerIfThere(file);
    if (found.isEmpty()) {
      surroundings.flbs().releaseUnknown();
      return;
    }
    RegisteredHandler<?> handler = found.get();
    try (SettledCall call = settled(file, handler, peers)) {
      callbacks.run(subject(file), Step.FINISH, call, () -> handler.handler().finish(call));
    }
    surroundings.flbs().release(handler.dependencies(file.name().compatible()), file.name());
  }

  /** Drops identity and descriptors of a file whose handler has finished it (LUO-FIL-38). */
  public void release(IncomingFile file) {
    if (!file.isRetrieved()) {
      surroundings.report().set(file.givenUp());
    }
    if (file.identity != null) {
      identities.release(file.identity);
      file.identity = null;
    }
    if (file.retrieval() instanceof Retrieval.Retrieved(Restored restored)) {
      restored.file().close();
      if (!file.handedOut && restored.attachment() instanceof AutoCloseable attachment) {
        surroundings
            .remarks()
            .add(
                file.name(),
                "retrieved for others and never asked for: what came with it is closed");
        close(attachment, file);
      }
    }
    letGo(file);
    surroundings.descriptors().drop(file.owner);
  }

  private static void close(AutoCloseable attachment, IncomingFile file) {
    try {
      attachment.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "cannot close what came with " + file.name(), e);
    }
  }

  private SettledCall settled(IncomingFile file, RegisteredHandler<?> handler, Peers peers) {
    return new SettledCall(file, handler, peers, surroundings, handler.callDeadline());
  }

  private ArrivedSubject subject(IncomingFile file) {
    return new ArrivedSubject(file, surroundings.image());
  }
}
