// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.luo.linux.ResourceLimit.Resource;
import dev.luo.testing.NoDescriptorLeaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NoDescriptorLeaks
class ResourceLimitTest {
  @ParameterizedTest
  @EnumSource
  void get_thenSet_changesNothing(Resource resource) throws LinuxException {
    ResourceLimit limit = ResourceLimit.get(resource);
    ResourceLimit.set(resource, limit);
    assertThat(ResourceLimit.get(resource)).isEqualTo(limit);
  }

  @Test
  void set_lowersTheSoftLimitForAWhile() throws LinuxException {
    ResourceLimit limit = ResourceLimit.get(Resource.CORE);
    ResourceLimit.set(Resource.CORE, new ResourceLimit(0, limit.hard()));
    assertThat(ResourceLimit.get(Resource.CORE).soft()).isZero();
    ResourceLimit.set(Resource.CORE, limit);
  }

  @Test
  void set_ofMoreDescriptorsThanTheKernelAllows() {
    ResourceLimit huge = new ResourceLimit(1L << 40, 1L << 40);
    assertFails(Errno.EPERM, () -> ResourceLimit.set(Resource.DESCRIPTORS, huge));
  }

  @Test
  void toString_namesTheUnlimited() {
    assertThat(new ResourceLimit(1024, ResourceLimit.UNLIMITED)).hasToString("1024 of unlimited");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ResourceLimit(ResourceLimit.UNLIMITED, 1))
        .withMessageContaining("unlimited above");
  }
}
