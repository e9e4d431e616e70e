// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.linux.FdKind;
import dev.luo.spi.Integrity;
import dev.luo.spi.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that stand in the image for constants of enumerations. They are the format's own and
 * never change; an ordinal would, as soon as somebody adds a constant in the middle. 0 is never
 * one.
 */
final class Codes {

  private static final Origin[] ORIGINS = {Origin.HANDOVER, Origin.CRASH, Origin.RETURNED};

  private static final Integrity[] INTEGRITIES = {Integrity.CHECKED, Integrity.UNCHECKED};

  private static final FdKind[] FD_KINDS = {
    FdKind.MEMFD,
    FdKind.REGULAR_FILE,
    FdKind.DIRECTORY,
    FdKind.SYMBOLIC_LINK,
    FdKind.CHARACTER_DEVICE,
    FdKind.BLOCK_DEVICE,
    FdKind.PIPE,
    FdKind.SOCKET,
    FdKind.EVENTFD,
    FdKind.EPOLL,
    FdKind.TIMERFD,
    FdKind.SIGNALFD,
    FdKind.PIDFD,
    FdKind.INOTIFY,
    FdKind.FANOTIFY,
    FdKind.USERFAULTFD,
    FdKind.IO_URING,
    FdKind.NAMESPACE,
    FdKind.DMA_BUF,
    FdKind.ANON_INODE,
    FdKind.UNKNOWN,
  };

  private Codes() {}

  static int of(Origin origin) {
    return indexOf(ORIGINS, origin) + 1;
  }

  static int of(Integrity integrity) {
    return indexOf(INTEGRITIES, integrity) + 1;
  }

  static int of(FdKind kind) {
    return indexOf(FD_KINDS, kind) + 1;
  }

  /** Returns null if there is no such code. */
  static @Nullable Origin origin(int code) {
    return code >= 1 && code <= ORIGINS.length ? ORIGINS[code - 1] : null;
  }

  /** Returns null if there is no such code. */
  static @Nullable Integrity integrity(int code) {
    return code >= 1 && code <= INTEGRITIES.length ? INTEGRITIES[code - 1] : null;
  }

  /** Returns null if there is no such code. */
  static @Nullable FdKind fdKind(int code) {
    return code >= 1 && code <= FD_KINDS.length ? FD_KINDS[code - 1] : null;
  }

  private static <E extends Enum<E>> int indexOf(E[] constants, E constant) {
    for (int i = 0; i < constants.length; i++) {
      if (constants[i] == constant) {
        return i;
      }
    }
    throw new IllegalArgumentException("the image format has no code for " + constant);
  }
}
