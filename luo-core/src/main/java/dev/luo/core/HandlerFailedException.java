// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import dev.luo.spi.Token;

/**
 * A handler that failed at one file, with session, token, handler and step. The errno and the
 * advice are those of the {@linkplain #getCause() cause}, which is what the handler threw.
 */
public final class HandlerFailedException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** An operation of a handler or of shared state. May gain constants. */
  public enum Step {
    /** {@link dev.luo.spi.FileHandler#canPreserve}. */
    CAN_PRESERVE("canPreserve"),
    /**
     * {@link dev.luo.spi.FileHandler#preserve}, {@link dev.luo.spi.FileLifecycleBound#preserve}.
     */
    PRESERVE("preserve"),
    /**
     * {@link dev.luo.spi.FileHandler#unpreserve}, {@link
     * dev.luo.spi.FileLifecycleBound#unpreserve}.
     */
    UNPRESERVE("unpreserve"),
    /** {@link dev.luo.spi.FileHandler#freeze}. */
    FREEZE("freeze"),
    /** {@link dev.luo.spi.FileHandler#unfreeze}. */
    UNFREEZE("unfreeze"),
    /**
     * {@link dev.luo.spi.FileHandler#retrieve}, {@link dev.luo.spi.FileLifecycleBound#retrieve}.
     */
    RETRIEVE("retrieve"),
    /** {@link dev.luo.spi.FileHandler#resume}. */
    RESUME("resume"),
    /** {@link dev.luo.spi.FileHandler#verify}. */
    VERIFY("verify"),
    /** {@link dev.luo.spi.FileHandler#canFinish}. */
    CAN_FINISH("canFinish"),
    /** {@link dev.luo.spi.FileHandler#finish}, {@link dev.luo.spi.FileLifecycleBound#finish}. */
    FINISH("finish");

    private final String operation;

    Step(String operation) {
      this.operation = operation;
    }

    /** Returns the name of the method, such as {@code canFinish}. */
    public String operation() {
      return operation;
    }
  }

  private final String session;

  /** The values, as the types need not be serializable. */
  private final long token;

  private final String compatible;
  private final Step step;

  /** Creates the failure; the cause is what the handler threw. */
  public HandlerFailedException(
      String session, Token token, Compatible compatible, Step step, Throwable cause) {
    super(
        message(session, token, compatible, step, cause),
        errno(cause),
        recovery(step, cause),
        cause);
    this.session = session;
    this.token = token.value();
    this.compatible = compatible.value();
    this.step = step;
  }

  private static String message(
      String session, Token token, Compatible compatible, Step step, Throwable cause) {
    return "%s failed for token %s of session \"%s\", handler %s [%s]: %s"
        .formatted(
            step.operation(),
            token,
            session,
            compatible,
            errno(cause).name(),
            cause instanceof LuoException ? cause.getMessage() : cause);
  }

  private static Errno errno(Throwable cause) {
    return switch (cause) {
      case LuoException e -> e.errno();
      case LinuxException e -> e.errno();
      default -> Errno.EIO;
    };
  }

  /** In the successor there is no update left that could be aborted. */
  private static Recovery recovery(Step step, Throwable cause) {
    Recovery advice = cause instanceof LuoException e ? e.recovery() : Recovery.ABORT_UPDATE;
    boolean arrived = step == Step.RETRIEVE || step == Step.VERIFY;
    return arrived && advice == Recovery.ABORT_UPDATE ? Recovery.START_COLD : advice;
  }

  /** Returns the name of the file's session. */
  public String session() {
    return session;
  }

  /** Returns the file's token. */
  public Token token() {
    return Token.of(token);
  }

  /** Returns which handler failed. */
  public Compatible compatible() {
    return Compatible.of(compatible);
  }

  /** Returns the operation that failed. */
  public Step step() {
    return step;
  }
}
