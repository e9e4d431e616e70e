// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class FacilitiesTest {
  @Test
  void require_present() {
    assertThatNoException().isThrownBy(() -> require("hugetlb,kvm", true));
  }

  @Test
  void require_absent() {
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(() -> require("", false))
        .withMessage("kvm is absent: no device; LUO_REQUIRE=kvm turns this skip into a failure");
  }

  @Test
  void require_absentAndInsistedOn() {
    assertThatExceptionOfType(AssertionFailedError.class)
        .isThrownBy(() -> require("hugetlb, kvm", false))
        .withMessage("LUO_REQUIRE requires kvm, which is absent: no device");
  }

  @Test
  void require_absentAndAllInsistedOn() {
    assertThatExceptionOfType(AssertionFailedError.class).isThrownBy(() -> require("all", false));
  }

  @Test
  void require_absentAndAnotherInsistedOn() {
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(() -> require("kv,,kvm2", false));
  }

  private static void require(String required, boolean available) {
    Facilities.require(RequiredFacilities.parse(required), "kvm", available, "no device");
  }
}
