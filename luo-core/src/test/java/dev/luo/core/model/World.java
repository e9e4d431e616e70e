// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import static dev.luo.core.model.FileKind.NEWER_Y;
import static dev.luo.core.model.FileKind.OLD_Z;
import static dev.luo.core.model.FileKind.X;
import static dev.luo.core.model.FileKind.Y;
import static dev.luo.core.model.FileKind.Z;

import java.util.List;

/** What there is to play with. Steps name it by number. */
final class World {

  /** The last two are no names. */
  static final List<String> NAMES = List.of("a", "b", "c", "", "n".repeat(64));

  static final int GOOD_NAMES = 3;

  static final List<Long> TOKENS = List.of(0L, 1L, 2L, 3L, -1L);

  /** Memfds; nobody takes the last one. */
  static final int THINGS = 6;

  /** How a thing is given: as it is, as another opening, as a duplicate, closed. */
  static final int AS_IT_IS = 0;

  static final int OPENED_AGAIN = 1;
  static final int DUPLICATE = 2;
  static final int CLOSED = 3;

  static final List<FileKind> KINDS = List.of(FileKind.values());

  static final int NO_REFERENCE = 5;

  /** How important a file is. */
  static final int MANDATORY = 0;

  static final int OPTIONAL = 1;

  /** Which handlers a program has; the last cannot be opened. */
  static final List<List<FileKind>> PROGRAMS =
      List.of(
          List.of(X, Y, Z),
          List.of(Y, X, OLD_Z),
          List.of(X, NEWER_Y),
          List.of(Z, Y),
          List.of(X, Y, X));

  private World() {}
}
