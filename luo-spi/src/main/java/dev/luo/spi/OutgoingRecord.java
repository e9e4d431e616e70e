// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Fd;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a file in the predecessor, at every moment. Implemented by luo, valid during the
 * call it was given to.
 */
public interface OutgoingRecord {

  /** Returns the name of the file's session. Tokens are unique in one session only. */
  String session();

  /** Returns the caller's name for the file inside its session. */
  Token token();

  /**
   * Returns the file, lent until this call ends. luo's own descriptor behind it stays open until
   * the file is unpreserved.
   */
  Fd file();

  /** Returns the format that is written, one of {@link FileHandler#writes()}. */
  Compatible compatible();

  /** Returns when luo stops waiting for this call. */
  Deadline deadline();

  /**
   * Returns the crossings that this luo was opened for. A handler prepares for all of them: stores
   * and kernels take descriptors when the file is preserved, not when the update comes.
   */
  Set<Crossing> crossings();

  /**
   * Returns what the embedder gave with the file and only the embedder knows: a ledger of mappings,
   * a policy, bytes read and not yet answered. It is the live object, so that {@code freeze} sees
   * its state at freeze.
   *
   * @return the attachment if there is one of that type
   */
  <A> Optional<A> attachment(Class<A> type);

  /**
   * Returns the live object of a shared state, also during unpreserve: it is given up after the
   * file.
   *
   * @param flb one of {@link FileHandler#dependencies()}
   * @throws IllegalArgumentException if it is not
   */
  <T> T shared(FileLifecycleBound<T> flb);

  /**
   * Adds a remark on this file to the report of the update: what will be missing, or what could not
   * be put back. For people; it decides nothing.
   */
  void note(String remark);
}
