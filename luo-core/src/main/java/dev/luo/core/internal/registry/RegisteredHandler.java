// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.IdentityScope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handler with what it said of itself when it was registered; it is not asked again.
 *
 * @param dependencies in the order in which they are preserved
 */
public record RegisteredHandler<R extends @Nullable Object>(
    FileHandler<R> handler,
    Compatible compatible,
    Set<Compatible> accepts,
    List<FileLifecycleBound<?>> dependencies,
    IdentityScope identityScope) {

  static <R extends @Nullable Object> RegisteredHandler<R> describe(FileHandler<R> handler) {
    RegisteredHandler<R> described =
        new RegisteredHandler<>(
            handler,
            handler.compatible(),
            Set.copyOf(handler.accepts()),
            List.copyOf(handler.dependencies()),
            handler.identityScope());
    if (!described.accepts.contains(described.compatible)) {
      throw new IllegalArgumentException(
          described.name() + " writes " + described.compatible + " and does not accept it");
    }
    return described;
  }

  /** Returns what records of that format stand on. */
  public List<FileLifecycleBound<?>> dependencies(Compatible format) {
    return format.equals(compatible) ? dependencies : List.copyOf(handler.dependencies(format));
  }

  /** Returns the name for messages: the class. */
  public String name() {
    return handler.getClass().getName();
  }
}
