// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.Importance;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import dev.luo.spi.Token;
import java.util.Objects;

/**
 * A preserved file in the image.
 *
 * @param compatible the format of the record, which selects the handler
 * @param handle as the handler left it; any number
 * @param token the caller's name for the file
 * @param frozen whether the handler's {@code freeze} has completed the record
 * @param importance whether its session can do without it
 */
public record FileEntry(
    Compatible compatible, Handle handle, Token token, boolean frozen, Importance importance) {

  /** Checks that nothing is missing. */
  public FileEntry {
    Objects.requireNonNull(compatible, "compatible");
    Objects.requireNonNull(handle, "handle");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(importance, "importance");
  }
}
