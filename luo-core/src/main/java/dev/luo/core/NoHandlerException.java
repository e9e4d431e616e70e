// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.util.SortedSet;

/** A file that no handler takes, or a record that none accepts (LUO-FIL-06, LUO-DES-08). */
public final class NoHandlerException extends LuoException {

  private static final long serialVersionUID = 1L;

  private NoHandlerException(String message) {
    super(message, Errno.ENOENT, Recovery.PROVIDE_MISSING);
  }

  /**
   * Creates the refusal of a file.
   *
   * @param file what it is
   * @param accepted what the handlers here understand
   */
  public static NoHandlerException forFile(String file, SortedSet<Compatible> accepted) {
    return new NoHandlerException(
        "no handler preserves " + file + "; available are " + accepted + ": is a jar missing?");
  }

  /**
   * Creates the refusal of a record.
   *
   * @param accepted what the handlers here understand
   */
  public static NoHandlerException forRecord(
      Compatible compatible, SortedSet<Compatible> accepted) {
    return new NoHandlerException(
        "no handler accepts " + compatible + "; available are " + accepted + ": is a jar missing?");
  }
}
