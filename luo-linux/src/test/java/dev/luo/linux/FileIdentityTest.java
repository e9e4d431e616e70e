// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NoDescriptorLeaks
class FileIdentityTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "8, 17",
    "259, 65536",
    "4095, 255",
    "1048575, 1048575",
    "4294967295, 4294967295"
  })
  void device_isTakenApartAsItWasPutTogether(long major, long minor) {
    FileIdentity identity = new FileIdentity(FileIdentity.device(major, minor), 1);
    assertThat(Integer.toUnsignedLong(identity.major())).isEqualTo(major);
    assertThat(Integer.toUnsignedLong(identity.minor())).isEqualTo(minor);
  }

  @Test
  void identity_byProcAndByStatx_isTheSame() throws IOException {
    try (Fd memfd = Memfd.create("x");
        Fd device = Open.file("/dev/null")) {
      for (Fd fd : new Fd[] {memfd, device}) {
        ProcFs.Attributes attributes = ProcFs.attributes(fd.number());
        assertThat(new FileIdentity(attributes.device(), attributes.inode()))
            .isEqualTo(FileStatus.of(fd).identity())
            .isEqualTo(fd.identity())
            .hasSameHashCodeAs(fd.identity());
      }
    }
  }

  @Test
  void equals_comparesBoth() {
    FileIdentity identity = new FileIdentity(1, 2);
    assertThat(identity)
        .isEqualTo(new FileIdentity(1, 2))
        .isNotEqualTo(new FileIdentity(2, 2))
        .isNotEqualTo(new FileIdentity(1, 1))
        .hasToString("inode 2 on device 0:1");
  }
}
