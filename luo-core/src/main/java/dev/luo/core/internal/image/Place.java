// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;

/** Somebody who knows which part of the image is being read. */
interface Place {

  /** Describes the part, such as {@code session block 3, entry 5}; called only when it is wrong. */
  String where();

  /** Makes the refusal for the caller to throw. */
  default ImageRefusedException refuse(String message) {
    return new ImageRefusedException(where(), message);
  }
}
