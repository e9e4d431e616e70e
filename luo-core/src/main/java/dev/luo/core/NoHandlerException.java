// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.util.SortedSet;

/**
 * A file that no handler takes, a record that none accepts (LUO-FIL-06, LUO-DES-08), or a format or
 * name under which none is registered.
 */
public final class NoHandlerException extends LuoException {

  private static final long serialVersionUID = 1L;

  private NoHandlerException(String message) {
    super(message, Errno.ENOENT, Recovery.PROVIDE_MISSING);
  }

  /** Creates the refusal of a file whose handler was unregistered meanwhile (LUO-FIL-08). */
  public static NoHandlerException unregistered(String file, Compatible handler) {
    return new NoHandlerException(
        "the handler that preserves " + file + ", " + handler + ", was just unregistered");
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

  /**
   * Creates the refusal of a format that is wanted.
   *
   * @param written what the handlers here write
   */
  public static NoHandlerException forFormat(Compatible wanted, SortedSet<Compatible> written) {
    return new NoHandlerException(
        "no handler writes " + wanted + "; available are " + written + ": is a jar missing?");
  }

  /**
   * Creates the refusal to switch a handler.
   *
   * @param registered under what handlers are registered here
   */
  public static NoHandlerException forSwitch(
      Compatible compatible, SortedSet<Compatible> registered) {
    return new NoHandlerException(
        "no handler is registered as " + compatible + "; there are " + registered);
  }
}
