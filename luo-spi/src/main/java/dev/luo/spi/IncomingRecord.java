// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Fd;
import java.util.Optional;

/**
 * What arrived for one file: its record, and the descriptors carried with it. Implemented by luo,
 * valid during the call it was given to.
 */
public interface IncomingRecord {

  /** Returns the name of the file's session. */
  String session();

  /** Returns the predecessor's name for the file inside its session. */
  Token token();

  /** Returns the format of the record, one of {@link FileHandler#accepts()}. */
  Compatible compatible();

  /**
   * Returns the handle as the predecessor left it. Where it points to is to be checked like the
   * rest.
   */
  Handle handle();

  /** Returns the memory that crossed, read-only. */
  IncomingMemory memory();

  /** Returns when luo stops waiting for this call. */
  Deadline deadline();

  /** Returns how the predecessor ended, and with it how much of the record can be relied on. */
  Origin origin();

  /**
   * Returns what was replaced between the predecessor and this process. {@link Boundary#PROCESS}:
   * kernel objects live on and carried descriptors are the same open files. {@link
   * Boundary#KERNEL}: only what the old kernel handed to the new one.
   */
  Boundary boundary();

  /**
   * Lends a carried descriptor. luo keeps the original until the session is finished, so a failed
   * {@code retrieve} can be tried again and loses nothing.
   *
   * @param slot as {@link OutgoingContext#carry} returned it to this file's predecessor
   * @return a view that ends with the call; {@link Fd#duplicate()} makes a descriptor of one's own
   * @throws CorruptRecordException if this file carried no such slot, or it did not arrive
   */
  Fd borrow(Slot slot) throws LuoException;

  /**
   * As {@link #borrow}, for what was carried by {@link OutgoingContext#tryCarry}.
   *
   * @return the view, or empty where the crossing that was taken could not bring the descriptor
   * @throws CorruptRecordException if this file carried no such slot
   */
  Optional<Fd> tryBorrow(Slot slot) throws LuoException;

  /** Adds a remark on this file to the report of the update. For people; it decides nothing. */
  void note(String remark);
}
