// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import java.util.List;
import java.util.Objects;

/**
 * A session in the image.
 *
 * @param name 1 to 63 bytes of UTF-8 without a NUL, unique in the image
 * @param files in the order of preservation, tokens unique unless {@link EqualTokens#ACCEPTED}
 */
public record SessionEntry(String name, List<FileEntry> files) {

  /** Takes a copy of the list. */
  public SessionEntry {
    Objects.requireNonNull(name, "name");
    files = List.copyOf(files);
  }
}
