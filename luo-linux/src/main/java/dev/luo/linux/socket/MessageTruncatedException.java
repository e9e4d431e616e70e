// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import java.io.Serial;

/**
 * A message arrived incomplete, and the rest of it is lost.
 *
 * <p>Either the buffer was too small for its bytes, or not all of its descriptors could be
 * received, for which the usual reason is that this process has as many as it may. Those that did
 * arrive have been closed.
 */
public final class MessageTruncatedException extends LinuxException {
  @Serial private static final long serialVersionUID = 1;

  /** Whether descriptors were lost. */
  private final boolean descriptorsLost;

  MessageTruncatedException(boolean descriptorsLost, int socket, long bufferSize) {
    super(
        descriptorsLost ? Errno.EMFILE : Errno.EMSGSIZE,
        "recvmsg",
        "fd=" + socket,
        "buffer=" + bufferSize,
        descriptorsLost ? "flags=MSG_CTRUNC" : "flags=MSG_TRUNC");
    this.descriptorsLost = descriptorsLost;
  }

  /**
   * Tells what was lost.
   *
   * @return true for descriptors, false for bytes
   */
  public boolean descriptorsLost() {
    return descriptorsLost;
  }
}
