// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.inspect;

/** What a {@link Finding} means for a successor. */
public enum Severity {
  /** The image is refused as a whole. */
  ERROR,
  /** The image is accepted. It is odd, or the record of one file is damaged. */
  WARNING
}
