// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import java.util.ArrayList;
import java.util.List;

/** Refuses an image for the first error, and keeps what is odd, for the log. */
final class FirstError implements Findings {

  private final List<String> warnings = new ArrayList<>();

  @Override
  public void error(String where, long offset, String field, String what)
      throws ImageRefusedException {
    throw new ImageRefusedException(where, what);
  }

  @Override
  public void warning(String where, long offset, String field, String what) {
    warnings.add(what);
  }

  List<String> warnings() {
    return warnings;
  }
}
