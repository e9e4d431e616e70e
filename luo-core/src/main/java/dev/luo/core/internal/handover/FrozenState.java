// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.linux.Fd;
import java.util.ArrayList;
import java.util.List;

/**
 * What crosses. Every descriptor is lent, and keeps its number in the successor: the image names
 * them by number.
 *
 * @param image the memfd with the published image
 * @param nonce the number by which the image is known to be the one that is meant
 * @param carried the descriptors of the image's slot table, each once, without the image itself
 */
public record FrozenState(Fd image, long nonce, List<Fd> carried) {

  /** Copies the list. */
  public FrozenState {
    carried = List.copyOf(carried);
  }

  /** Returns the image and everything that is carried. */
  public List<Fd> everything() {
    List<Fd> all = new ArrayList<>(carried.size() + 1);
    all.add(image);
    all.addAll(carried);
    return all;
  }
}
