// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

/** How both sides write callbacks down. */
final class Text {

  private Text() {}

  static String call(FileKind kind, String operation, String session, long token, long handle) {
    return kind
        + "."
        + operation
        + " "
        + session
        + "/"
        + Long.toUnsignedString(token)
        + " h"
        + handle;
  }

  static String shared(SharedKind kind, String operation, long handle) {
    return kind + "." + operation + " h" + handle;
  }
}
