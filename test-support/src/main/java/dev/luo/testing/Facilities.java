// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Skips a test on a machine that lacks a facility, where only a probe can tell. */
public final class Facilities {
  private Facilities() {}

  /**
   * Ends the calling test unless the facility is available: as skipped, or as failed where the
   * environment variable {@code LUO_REQUIRE} names the facility or says {@code all}.
   *
   * <p>May be called from a test or from a method that runs before it. Commands and files need no
   * probe: they are declared, with {@link RequiresFacility}.
   *
   * @param facility the name by which {@code LUO_REQUIRE} knows it
   * @param available what the probe found
   * @param reason why it counts as absent, if it does: {@code "memfd_create answers ENOSYS"}
   */
  public static void require(String facility, boolean available, String reason) {
    require(
        RequiredFacilities.parse(RequiredFacilities.listOfEnvironment()),
        facility,
        available,
        reason);
  }

  static void require(
      RequiredFacilities required, String facility, boolean available, String reason) {
    if (available) {
      return;
    }
    if (required.include(facility)) {
      throw new AssertionFailedError(RequiredFacilities.failure(facility, reason));
    }
    throw new TestAbortedException(RequiredFacilities.skip(facility, reason));
  }
}
