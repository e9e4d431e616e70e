// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import java.io.IOException;
import java.io.Serial;

/** One side of the link between guardian and guarded does not keep to the protocol. */
final class GuardianProtocolException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  GuardianProtocolException(String message) {
    super(message);
  }

  GuardianProtocolException(String message, Throwable cause) {
    super(message, cause);
  }
}
