// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import dev.luo.spi.Compatible;
import dev.luo.spi.Token;

/** What messages call a file. */
public record FileName(String session, Token token, Compatible compatible) {

  @Override
  public String toString() {
    return "token " + token + " of session \"" + session + "\", handler " + compatible;
  }
}
