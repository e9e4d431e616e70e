// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.spi.Slot;
import java.util.Objects;

/**
 * A carried descriptor in the image.
 *
 * @param slot the number by which its owner asks for it, unique in the image
 * @param owner to whom it was lent
 * @param descriptor its number in the successor's table, unique in the image; {@link
 *     #TOLD_OTHERWISE} if the crossing itself says which it is
 * @param kind what it was when it was sent
 * @param identity the inode it was when it was sent, to be compared with what arrives
 */
public record SlotEntry(
    Slot slot, Owner owner, int descriptor, FdKind kind, FileIdentity identity) {

  /** In place of a descriptor's number: it is not known in advance. */
  public static final int TOLD_OTHERWISE = -1;

  /** Checks the descriptor's number. */
  public SlotEntry {
    Objects.requireNonNull(slot, "slot");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(identity, "identity");
    if (descriptor < TOLD_OTHERWISE) {
      throw new IllegalArgumentException("no descriptor: " + descriptor);
    }
  }
}
