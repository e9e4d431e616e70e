// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

/** What two files of a session with one token mean to a reader (LUO-DES-12). */
public enum EqualTokens {

  /** A fault of the writer: the image is refused. */
  REFUSED,

  /**
   * Nothing: both are in the content, in their order. Whoever looks for the token finds the first,
   * as in the kernel.
   */
  ACCEPTED
}
