// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Fd;
import java.util.Optional;

/** What {@link FileHandler#preserve} can see and do. Implemented by luo, valid during the call. */
public interface OutgoingContext extends OutgoingRecord {

  /** Returns the memory that crosses. What is allocated here belongs to this file. */
  HandoverMemory memory();

  /**
   * Makes a descriptor cross with this file, on every declared {@linkplain #crossings() crossing}.
   * luo keeps a duplicate until the file is unpreserved or finished; the caller's descriptor stays
   * the caller's. Carrying the same open file again may give the same slot.
   *
   * @param fd any open descriptor, {@link #file()} itself being the usual one
   * @return the number that {@link IncomingRecord#borrow} takes in the successor, to be written
   *     into the handler's own record
   * @throws CannotCarryException if one of the declared crossings cannot take a descriptor of this
   *     kind, or if descriptors run out
   */
  Slot carry(Fd fd) throws LuoException;

  /**
   * As {@link #carry}, for a handler that can rebuild what does not cross: the descriptor crosses
   * on those of the declared crossings that can take it. Whether it did is what {@link
   * IncomingRecord#tryBorrow} answers in the successor. Who must know that some crossing refuses
   * tries {@link #carry} first.
   *
   * @return the slot, or empty where none of the declared crossings can take it
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
   * Declares that this file cannot be rebuilt without another one of its session: a device refers
   * to its iommufd, that to its memory. luo then keeps the other one as long as this one, and lets
   * {@link IncomingContext#retrieve} find it.
   *
   * @return the other file's token, to be written into the handler's own record
   * @throws NoSuchTokenException if the descriptor is not preserved in this session; preserve it
   *     first
   */
  Token refer(Fd other) throws LuoException;

  /**
   * As {@link #refer(Fd)}, where the token is known already.
   *
   * @return the other file, lent until this call ends
   * @throws NoSuchTokenException if this session has no such file
   */
  Fd refer(Token other) throws LuoException;
}
