// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.ResourceLimit.Resource;

/** What tests do to the table of descriptors. */
public final class Descriptors {
  private Descriptors() {}

  /** A call that may fail as the calls under test do. */
  public interface Action {
    void run() throws Exception;
  }

  /** A view of a number that is not open: far above all that this process opens. */
  public static Fd notOpen() {
    return Fd.borrow(19_000);
  }

  /** Runs with room for that many further descriptors. All classes must have been loaded before. */
  public static void withRoomFor(int count, Action action) throws Exception {
    ResourceLimit before = ResourceLimit.get(Resource.DESCRIPTORS);
    int firstFree;
    try (Fd probe = EventFd.create(0)) {
      firstFree = probe.number();
    }
    // Numbers below the first free one are taken, and those above it may be too: so this is an
    // upper bound.
    ResourceLimit.set(Resource.DESCRIPTORS, new ResourceLimit(firstFree + count, before.hard()));
    try {
      action.run();
    } finally {
      ResourceLimit.set(Resource.DESCRIPTORS, before);
    }
  }
}
