// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.Attachment;
import dev.luo.core.Importance;
import dev.luo.core.UpdateReport.Fate;
import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.registry.RegisteredHandler;
import dev.luo.linux.Fd;
import dev.luo.spi.LuoException;
import dev.luo.spi.Restored;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Token;
import org.jspecify.annotations.Nullable;

/**
 * One file that was handed over. State only; {@link IncomingFiles} moves it. Guarded by the lock of
 * its session.
 */
public final class IncomingFile implements IdentityMap.Holder {

  private static final Retrieval NOT_ATTEMPTED = new Retrieval.NotAttempted();

  private final FileName name;
  final FileEntry entry;
  final Owner.OfFile owner;

  private Retrieval retrieval = NOT_ATTEMPTED;
  IdentityMap.@Nullable Entry identity;

  /** Held from the first call to it until the file is finished (LUO-FIL-45). */
  @Nullable RegisteredHandler<?> handler;

  boolean holdsHandler;

  boolean verified;
  boolean handedOut;

  /**
   * Creates the state of a file nobody has asked for.
   *
   * @param owner its place in the image
   */
  public IncomingFile(String session, FileEntry entry, Owner.OfFile owner) {
    this.name = new FileName(session, entry.token(), entry.compatible());
    this.entry = entry;
    this.owner = owner;
  }

  @Override
  public FileName name() {
    return name;
  }

  /** Returns the predecessor's name for the file. */
  public Token token() {
    return name.token();
  }

  /** Returns whether its session can do without it. */
  public Importance importance() {
    return entry.importance();
  }

  /** Returns what became of it. */
  public Retrieval retrieval() {
    return retrieval;
  }

  /** Returns what the report says of it. */
  FileOutcome outcome() {
    return switch (retrieval) {
      case Retrieval.Retrieved(Restored restored) ->
          outcome(Fate.of(restored.fidelity()), restored.note());
      case Retrieval.Failed(LuoException failure) ->
          outcome(Fate.FAILED, String.valueOf(failure.getMessage()));
      default -> outcome(Fate.WAITING, "");
    };
  }

  private FileOutcome outcome(Fate fate, String note) {
    return new FileOutcome(name.session(), name.token(), name.compatible(), fate, note);
  }

  /** Returns what the report says of it when it is given up without having been retrieved. */
  FileOutcome givenUp() {
    Fate fate = importance() == Importance.OPTIONAL ? Fate.DROPPED : Fate.DISCARDED;
    return outcome(fate, isTried() ? outcome().note() : "never retrieved");
  }

  /** Returns what the handler rebuilt, with luo's own descriptor. */
  Restored restored() {
    if (retrieval instanceof Retrieval.Retrieved(Restored restored)) {
      return restored;
    }
    throw new IllegalStateException("not retrieved: " + name);
  }

  /**
   * Returns what preserves it again, once it is retrieved.
   *
   * @param attachment for the handler
   */
  public PreserveRequest renewal(Attachment attachment) {
    return new PreserveRequest(token(), restored().file(), importance(), attachment, this);
  }

  /** Answers whether it was rebuilt. */
  public boolean isRetrieved() {
    return retrieval instanceof Retrieval.Retrieved;
  }

  private boolean isTried() {
    return retrieval instanceof Retrieval.Failed;
  }

  void failed(Retrieval.Failed failure) {
    retrieval = failure;
  }

  /**
   * Remembers the outcome.
   *
   * @param own luo's own descriptor, kept until the session is finished
   */
  void retrieved(Restored restored, Fd own) {
    retrieval =
        new Retrieval.Retrieved(
            new Restored(own, restored.fidelity(), restored.note(), restored.attachment()));
  }

  /** Forgets a failure, so that the handler is asked again. */
  void forgetFailure() {
    if (retrieval instanceof Retrieval.Failed) {
      retrieval = NOT_ATTEMPTED;
    }
  }
}
