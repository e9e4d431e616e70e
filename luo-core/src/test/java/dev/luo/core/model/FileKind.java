// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.spi.IdentityScope;
import java.util.List;
import java.util.Set;

/**
 * The handlers of the game. Their kinds of things overlap, their strings collide in places, and
 * they share states.
 */
@SuppressWarnings("ImmutableEnumChecker") // made by of()
enum FileKind {
  /** The plain case, and the only one that asks for its shared state at retrieve. */
  X("x-v1", Set.of("x-v1"), IdentityScope.INODE, Set.of(0, 1, 2), List.of(SharedKind.F)),
  /** Takes some of the same things, and shares a state. */
  Y(
      "y-v1",
      Set.of("y-v1"),
      IdentityScope.OPEN_FILE,
      Set.of(1, 2, 3),
      List.of(SharedKind.G, SharedKind.F)),
  /** As {@link #Y} writes, with one shared state more. */
  NEWER_Y(
      "y-v1",
      Set.of("y-v1"),
      IdentityScope.OPEN_FILE,
      Set.of(3, 4),
      List.of(SharedKind.G, SharedKind.F, SharedKind.H)),
  /** Understands what {@link #OLD_Z} writes. */
  Z("z-v2", Set.of("z-v2", "z-v1"), IdentityScope.INODE, Set.of(4), List.of()),
  OLD_Z("z-v1", Set.of("z-v1"), IdentityScope.INODE, Set.of(4), List.of()),
  /** Brings another state for a string that {@link #X} and {@link #Y} have one for. */
  PRETENDER(
      "p-v1", Set.of("p-v1"), IdentityScope.OPEN_FILE, Set.of(0), List.of(SharedKind.PRETENDER));

  final String compatible;
  final Set<String> accepts;
  final IdentityScope scope;
  final Set<Integer> things;
  final List<SharedKind> dependencies;

  FileKind(
      String compatible,
      Set<String> accepts,
      IdentityScope scope,
      Set<Integer> things,
      List<SharedKind> dependencies) {
    this.compatible = compatible;
    this.accepts = accepts;
    this.scope = scope;
    this.things = things;
    this.dependencies = dependencies;
  }

  /** Answers whether its retrieve asks for its first shared state (LUO-FIL-43). */
  boolean asksForShared() {
    return this == X;
  }
}
