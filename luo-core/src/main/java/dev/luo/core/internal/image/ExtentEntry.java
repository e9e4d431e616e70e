// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import java.util.Objects;

/**
 * An allocation of handover memory in the image. Its checksum, where it has one, is the image's own
 * affair: taken by {@link ImageWriter#publish}, verified by {@link Image#map}.
 *
 * @param handle its offset in handover memory, a multiple of 8 behind page 0
 * @param byteSize at least 1, exactly as it was asked for
 * @param integrity whether a checksum covers it
 * @param owner through whose context it was made
 */
public record ExtentEntry(Handle handle, long byteSize, Integrity integrity, Owner owner) {

  /** Checks that nothing is missing. */
  public ExtentEntry {
    Objects.requireNonNull(handle, "handle");
    Objects.requireNonNull(integrity, "integrity");
    Objects.requireNonNull(owner, "owner");
    if (byteSize < 1) {
      throw new IllegalArgumentException("an allocation has at least one byte: " + byteSize);
    }
  }
}
