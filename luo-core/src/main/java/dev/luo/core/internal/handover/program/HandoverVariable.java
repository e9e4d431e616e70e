// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.program;

import java.util.List;
import java.util.Optional;

/**
 * The value of an environment variable by which a program learns of a descriptor that it inherits:
 * {@code <descriptor>:<pid>:<nonce in hexadecimal>}.
 *
 * <p>An environment is handed down to children and grandchildren for which the descriptor was never
 * meant. The process id tells them apart: it is that of the one process that is addressed. The
 * nonce ties the variable to what the descriptor leads to.
 *
 * <p>Written without format strings and regular expressions, as it is read first thing after an
 * exec.
 *
 * @param descriptor the number of the descriptor
 * @param pid who is addressed, unless the variable says otherwise
 * @param nonce as the addressee finds it again behind the descriptor
 */
public record HandoverVariable(int descriptor, long pid, long nonce) {
  /** Names the handover image. */
  public static final String HANDOVER = "LUO_HANDOVER";

  /**
   * Names the link to the guardian, and the guardian's process. It is for whom {@link #HANDOVER} is
   * for.
   */
  public static final String GUARDIAN = "LUO_GUARDIAN";

  /** Names the pipe on which a dry start is answered. The process id is that of who asks. */
  public static final String DRY_START = "LUO_DRY_START";

  /** Every variable of luo: none of them outlives the generation it was written for. */
  public static final List<String> ALL = List.of(HANDOVER, GUARDIAN, DRY_START);

  private static final int HEX_DIGITS = 16;

  /** Reads a value, of which nothing is taken for granted. */
  public static Optional<HandoverVariable> parse(String value) {
    int first = value.indexOf(':');
    int second = first < 0 ? -1 : value.indexOf(':', first + 1);
    if (second < 0 || value.length() != second + 1 + HEX_DIGITS) {
      return Optional.empty();
    }
    if (!isNumber(value, 0, first) || !isNumber(value, first + 1, second)) {
      return Optional.empty();
    }
    try {
      int descriptor = Integer.parseInt(value, 0, first, 10);
      long pid = Long.parseLong(value, first + 1, second, 10);
      long nonce = Long.parseUnsignedLong(value, second + 1, value.length(), 16);
      // parseUnsignedLong takes a sign, and this format has none.
      return value.charAt(second + 1) == '+'
          ? Optional.empty()
          : Optional.of(new HandoverVariable(descriptor, pid, nonce));
    } catch (NumberFormatException outOfRange) {
      return Optional.empty();
    }
  }

  private static boolean isNumber(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return from < to;
  }

  /** Writes the value. */
  public String text() {
    String digits = Long.toHexString(nonce);
    return Integer.toString(descriptor)
        .concat(":")
        .concat(Long.toString(pid))
        .concat(":")
        .concat("0".repeat(HEX_DIGITS - digits.length()))
        .concat(digits);
  }
}
