// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.LuoException;
import java.util.List;

/**
 * What a participant sees of luo: the sessions whose names begin with its own and a slash. Given by
 * luo; thread-safe, and valid for as long as luo is open, also after the participant has left.
 */
public interface ParticipantScope {

  /** Returns what the names of its sessions begin with, such as {@code pool/}. */
  String prefix();

  /**
   * Lists its sessions that were handed over and are not finished, by their whole names, in the
   * order of their creation.
   */
  List<String> incoming();

  /**
   * As {@link LiveUpdate#createSession}.
   *
   * @param name the whole name, prefix and all
   * @throws OutsideScopeException if it does not begin with the {@link #prefix}
   */
  OutgoingSession createSession(String name) throws LuoException;

  /**
   * As {@link LiveUpdate#retrieveSession}.
   *
   * @param name the whole name, prefix and all
   * @throws OutsideScopeException if it does not begin with the {@link #prefix}
   */
  IncomingSession retrieveSession(String name) throws LuoException;
}
