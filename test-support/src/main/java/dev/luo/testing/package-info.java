// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * JUnit extensions that every test of luo may use; none of them knows luo itself.
 *
 * <p>A test that needs something a machine may lack says so with {@link
 * dev.luo.testing.RequiresFacility @RequiresFacility} or {@link dev.luo.testing.Facilities}: it is
 * skipped with a reason where the facility is absent, and fails where {@code LUO_REQUIRE} insists.
 * A test class that handles descriptors carries {@link
 * dev.luo.testing.NoDescriptorLeaks @NoDescriptorLeaks}: each of its tests then has to leave the
 * process as it found it.
 */
@NullMarked
package dev.luo.testing;

import org.jspecify.annotations.NullMarked;
