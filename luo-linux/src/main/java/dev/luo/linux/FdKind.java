// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import java.util.Map;

/** What a descriptor refers to. More kinds may be added. */
public enum FdKind {
  /** Anonymous memory with a name, by {@code memfd_create}. */
  MEMFD,
  /** A regular file in a file system, also one that has been unlinked. */
  REGULAR_FILE,
  /** A directory. */
  DIRECTORY,
  /** A symbolic link, which only {@code O_PATH} opens. */
  SYMBOLIC_LINK,
  /** A character device. */
  CHARACTER_DEVICE,
  /** A block device. */
  BLOCK_DEVICE,
  /** One end of a pipe, or a FIFO. */
  PIPE,
  /** A socket. */
  SOCKET,
  /** An event counter. */
  EVENTFD,
  /** An epoll instance. */
  EPOLL,
  /** A timer. */
  TIMERFD,
  /** A receiver of signals. */
  SIGNALFD,
  /** A process. */
  PIDFD,
  /** An inotify instance. */
  INOTIFY,
  /** A fanotify group. */
  FANOTIFY,
  /** A handler of page faults. */
  USERFAULTFD,
  /** An io_uring instance. */
  IO_URING,
  /** A namespace. */
  NAMESPACE,
  /** A buffer shared between devices. */
  DMA_BUF,
  /**
   * Something without a file system and without a kind of its own here; {@link Fd#target} names it.
   */
  ANON_INODE,
  /** Nothing of the above. */
  UNKNOWN;

  private static final int TYPE_MASK = 0170000;

  private static final Map<String, FdKind> ANONYMOUS =
      Map.of(
          "eventfd", EVENTFD,
          "eventpoll", EPOLL,
          "timerfd", TIMERFD,
          "signalfd", SIGNALFD,
          "pidfd", PIDFD,
          "inotify", INOTIFY,
          "fanotify", FANOTIFY,
          "userfaultfd", USERFAULTFD,
          "io_uring", IO_URING);

  /**
   * Tells the kind from what /proc shows.
   *
   * @param target the text of the link
   * @param mode the mode of the inode; anonymous inodes have no type in it
   * @param links how many names the inode has
   */
  static FdKind of(String target, int mode, int links) {
    if (target.startsWith("anon_inode:")) {
      return ofAnonymous(target.substring("anon_inode:".length()));
    }
    return switch (mode & TYPE_MASK) {
      case 0100000 -> ofRegular(target, links);
      case 0040000 -> DIRECTORY;
      case 0120000 -> SYMBOLIC_LINK;
      case 0020000 -> CHARACTER_DEVICE;
      case 0060000 -> BLOCK_DEVICE;
      case 0010000 -> PIPE;
      case 0140000 -> SOCKET;
      default -> ofPseudoFile(target);
    };
  }

  /** The kernel writes most of these names in brackets, and inotify without. */
  private static FdKind ofAnonymous(String name) {
    boolean bracketed = name.startsWith("[") && name.endsWith("]");
    String bare = bracketed ? name.substring(1, name.length() - 1) : name;
    return ANONYMOUS.getOrDefault(bare, ANON_INODE);
  }

  private static FdKind ofRegular(String target, int links) {
    if (target.startsWith("/memfd:") && links == 0) {
      return MEMFD;
    }
    FdKind pseudo = ofPseudoFile(target);
    return pseudo == UNKNOWN ? REGULAR_FILE : pseudo;
  }

  /**
   * Files of the kernel's internal file systems, whose inodes look regular or have no type, by
   * version.
   */
  private static FdKind ofPseudoFile(String target) {
    if (target.startsWith("/dmabuf:")) {
      return DMA_BUF;
    }
    if (target.startsWith("/")) {
      return UNKNOWN;
    }
    if (target.startsWith("pidfd:") || target.startsWith("pidfs:")) {
      return PIDFD;
    }
    return target.endsWith("]") && target.contains(":[") ? NAMESPACE : UNKNOWN;
  }
}
