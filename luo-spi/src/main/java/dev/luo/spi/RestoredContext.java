// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import java.util.Optional;

/**
 * What {@link FileHandler#resume} and {@link FileHandler#verify} can see. Implemented by luo, valid
 * during the call.
 */
public interface RestoredContext extends IncomingRecord {

  /** Returns what {@link FileHandler#retrieve} returned; its file is lent. */
  Restored restored();

  /**
   * Returns what became of another file of the same session.
   *
   * @throws NoSuchTokenException if the session never had such a file
   */
  Retrieval retrievalOf(Token other) throws LuoException;

  /**
   * Returns the live object of a shared state, if anybody retrieved it with success.
   *
   * @param flb one of {@link FileHandler#dependencies()}
   */
  <T> Optional<T> shared(FileLifecycleBound<T> flb);
}
