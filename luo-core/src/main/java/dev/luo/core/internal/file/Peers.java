// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.util.Optional;

/** What the calls for one incoming file can see of the other files of its session. */
public interface Peers {

  /** Returns the session's name. */
  String name();

  /** Returns the file of that token; empty if the session has none. */
  Optional<IncomingFile> file(Token token);

  /**
   * Retrieves a file unless that has been done.
   *
   * @throws LuoException if it cannot be retrieved, or waits for a file that waits for it
   */
  void retrieve(IncomingFile file) throws LuoException;
}
