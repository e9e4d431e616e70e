// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import java.util.Objects;

/**
 * State shared by several files, in the image. Memory and descriptors of its own are found by
 * {@link Owner.OfFlb}.
 *
 * @param compatible the format of the record, unique among the FLBs of the image
 * @param handle as {@code preserve} left it; any number
 * @param count dependent files and references not given back, at least 1
 */
public record FlbEntry(Compatible compatible, Handle handle, long count) {

  /** Checks that nothing is missing. */
  public FlbEntry {
    Objects.requireNonNull(compatible, "compatible");
    Objects.requireNonNull(handle, "handle");
  }
}
