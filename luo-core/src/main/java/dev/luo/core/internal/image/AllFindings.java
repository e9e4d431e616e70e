// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes down every finding and lets the decoder go on, until there are so many that nobody would
 * read more: then it is stopped, so that a bad image cannot cost more than a good one.
 */
final class AllFindings implements Findings {

  /** As many as are of use; each may have cost a look through the whole block table. */
  static final int LIMIT = 1000;

  private final List<ImageSurvey.Finding> findings = new ArrayList<>();

  @Override
  public void error(String where, long offset, String field, String what)
      throws ImageRefusedException {
    add(true, where, offset, field, what);
    if (findings.size() >= LIMIT) {
      throw new ImageRefusedException(where, "too much is wrong");
    }
  }

  @Override
  public void warning(String where, long offset, String field, String what) {
    if (findings.size() < LIMIT) {
      add(false, where, offset, field, what);
    }
  }

  /** Notes that there may be more. */
  void addMore() {
    add(false, "findings", 0, "number", "there may be more, and nobody looked for them");
  }

  private void add(boolean error, String where, long offset, String field, String what) {
    findings.add(new ImageSurvey.Finding(error, offset, where, field, what));
  }

  List<ImageSurvey.Finding> findings() {
    return findings;
  }
}
