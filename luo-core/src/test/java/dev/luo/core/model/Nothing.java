// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

/** The move names a session that was never there, so nothing was done. */
final class Nothing extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Nothing() {
    super("nothing", null, false, false);
  }
}
