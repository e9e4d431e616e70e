// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Fd;
import java.util.Optional;
import java.util.Set;

/**
 * What {@link FileHandler#preserve} can see and do. Implemented by luo, valid during the call, for the
 * calling thread.
 */
public interface OutgoingContext {

  /** Returns the caller's name for the file inside its session. */
  Token token();

  /** Returns the file, lent: it is luo's and stays open until the file is unpreserved. */
  Fd file();

  /** Returns the format that is to be written, one of {@link FileHandler#writes()}. */
  Compatible compatible();

  /** Returns the memory that crosses. What is allocated here belongs to this file. */
  HandoverMemory memory();

  /** Returns when luo stops waiting for this call. */
  Deadline deadline();

  /**
   * Returns the crossings that this luo was opened for. A handler prepares for all of them: stores and
   * kernels take descriptors when the file is preserved, not when the update comes.
   */
  Set<Crossing> crossings();

  /**
   * Makes a descriptor cross with this file. luo keeps a duplicate until the file is unpreserved or
   * finished; the caller's descriptor stays the caller's.
   *
   * @param fd any open descriptor, {@link #file()} itself being the usual one
   * @return the number that {@link IncomingRecord#borrow} takes in the successor, to be written into the
   *     handler's own record
   * @throws CannotCarryException if one of the declared {@linkplain #crossings() crossings} cannot take a
   *     descriptor of this kind, or if descriptors run out
   */
  Slot carry(Fd fd) throws LuoException;

  /**
   * As {@link #carry}, for a handler that can rebuild what does not cross.
   *
   * @return the slot, or empty where {@code carry} would throw {@code CannotCarryException}
   * @throws LuoException for every other failure
   */
  Optional<Slot> tryCarry(Fd fd) throws LuoException;

  /**
   * Looks up which file of this session a descriptor stands for, without relying on it.
   *
   * @return the token under which the same thing is preserved in this session, or empty
   */
  Optional<Token> tokenOf(Fd fd) throws LuoException;

  /**
   * Declares that this file cannot be rebuilt without another one of its session: a device refers to its
   * iommufd, that to its memory. luo then keeps the other one as long as this one, and lets {@link
   * IncomingContext#retrieve} find it.
   *
   * @return the other file's token, to be written into the handler's own record
   * @throws NoSuchTokenException if the descriptor is not preserved in this session; preserve it first
   */
  Token refer(Fd other) throws LuoException;

  /**
   * As {@link #refer(Fd)}, where the token is known already.
   *
   * @throws NoSuchTokenException if this session has no such file
   */
  void refer(Token other) throws LuoException;

  /**
   * Returns what the embedder gave with the file and only the embedder knows: a ledger of mappings, a
   * policy, bytes read and not yet answered. It is the live object, so that {@code freeze} sees its state
   * at freeze.
   *
   * @return the attachment if there is one of that type
   */
  <A> Optional<A> attachment(Class<A> type);

  /**
   * Returns the live object of a shared state.
   *
   * @param flb one of {@link FileHandler#dependencies()}
   * @throws IllegalArgumentException if it is not
   */
  <T> T shared(FileLifecycleBound<T> flb);
}
