// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.inspect;

import java.util.List;

/**
 * A session in an image.
 *
 * @param name as far as it can be read
 * @param files in the order of preservation, as far as they were found
 */
public record InspectedSession(String name, List<InspectedFile> files) {

  /** Takes a copy of the list. */
  public InspectedSession {
    files = List.copyOf(files);
  }
}
