// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Errno;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Files that refer to each other in a circle, so that none can be retrieved first. */
public final class ReferenceCycleException extends LuoException {

  private static final long serialVersionUID = 1L;

  /** The values of the tokens, as those need not be serializable. */
  private final long[] cycle;

  /**
   * Creates the refusal.
   *
   * @param cycle the tokens in the order in which each waits for the next; the last waits for the
   *     first
   */
  public ReferenceCycleException(String session, List<Token> cycle) {
    super(
        "files of session \""
            + session
            + "\" refer to each other in a circle: "
            + cycle.stream().map(Token::toString).collect(Collectors.joining(" -> ")),
        Errno.ELOOP,
        Recovery.START_COLD);
    this.cycle = cycle.stream().mapToLong(Token::value).toArray();
  }

  /** Returns the tokens in the circle. */
  public List<Token> cycle() {
    return Arrays.stream(cycle).mapToObj(Token::of).toList();
  }
}
