// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import java.util.Optional;

/** What {@link FileHandler#retrieve} can see and do. Implemented by luo, valid during the call. */
public interface IncomingContext extends IncomingRecord {

  /**
   * Returns what {@link FileHandler#stage} prepared, and with it the duty to close it. Empty where
   * nothing was staged, where staging failed, or where the crossing knows no staging: {@code
   * retrieve} must do without.
   */
  <S> Optional<S> staged(Class<S> type);

  /**
   * Answers whether the record or the set of carried descriptors changed after {@code stage} saw
   * them.
   */
  boolean changedSinceStaging();

  /**
   * Retrieves another file of the same session, which this one refers to, unless that has been done
   * already.
   *
   * @param other the token that {@link OutgoingContext#refer(Fd)} returned to the predecessor
   * @return what its handler returned, the file being lent until this call ends: how true to the
   *     original it is decides what can be expected of it
   * @throws NoSuchTokenException if the session has no such file
   * @throws ReferenceCycleException if that file is waiting, directly or not, for this one
   * @throws LuoException the other file's own failure, if it could not be retrieved
   */
  Restored retrieve(Token other) throws LuoException;

  /**
   * Returns what the embedder gave for this retrieve: a policy, such as not to rebuild what did not
   * cross.
   *
   * @return the attachment if there is one of that type
   */
  <A> Optional<A> attachment(Class<A> type);

  /**
   * Returns the live object of a shared state, retrieving it at the first request.
   *
   * @param flb one of {@link FileHandler#dependencies()}
   * @throws LuoException if it did not cross, or if its own retrieve failed; the same failure every
   *     time
   */
  <T> T shared(FileLifecycleBound<T> flb) throws LuoException;
}
