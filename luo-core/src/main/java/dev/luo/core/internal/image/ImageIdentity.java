// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.util.Objects;
import java.util.UUID;

/**
 * What stays the same for one handover memory, however often an image is published in it.
 *
 * @param nonce a random number that ties the memory to whoever announced it
 * @param generation 1 for the first program of a chain, one more for each successor; unsigned
 * @param bootId the kernel's own name for the boot during which the memory was made
 */
public record ImageIdentity(long nonce, long generation, UUID bootId) {

  /** Checks that there is a generation. */
  public ImageIdentity {
    Objects.requireNonNull(bootId, "bootId");
    if (generation == 0) {
      throw new IllegalArgumentException("generations begin with 1");
    }
  }
}
