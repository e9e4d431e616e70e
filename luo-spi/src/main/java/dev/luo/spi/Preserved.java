// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link FileHandler#preserve}.
 *
 * @param handle what crosses. luo stores it and never interprets it; by convention the file's
 *     record in handover memory
 * @param runtime what {@code freeze}, {@code unfreeze} and {@code unpreserve} need; stays in this
 *     process
 */
public record Preserved<R extends @Nullable Object>(Handle handle, R runtime) {

  /** Checks that there is a handle. */
  public Preserved {
    Objects.requireNonNull(handle, "handle");
  }

  /** Returns a result without run-time state. */
  public static Preserved<@Nullable Void> of(Handle handle) {
    return new Preserved<>(handle, null);
  }
}
