// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.spi.Token;
import java.util.Optional;

/** What one file's call can see of the other files of its session. */
public interface Siblings {

  /** Returns the session's name. */
  String name();

  /** Returns the file of that token; empty if there is none. */
  Optional<OutgoingFile<?>> file(Token token);
}
