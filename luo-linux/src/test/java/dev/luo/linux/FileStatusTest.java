// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NoDescriptorLeaks
class FileStatusTest {
  @Test
  void status_isWhatTheJdkSays(@TempDir Path folder) throws IOException {
    Path path = Files.writeString(folder.resolve("file"), "hello");
    Files.createLink(folder.resolve("link"), path);
    Instant time = Instant.ofEpochSecond(1_700_000_000, 123_456_789);
    Files.setLastModifiedTime(path, FileTime.from(time));
    try (Fd file = Open.file(path.toString())) {
      FileStatus status = FileStatus.of(file);
      assertThat(status.byteSize()).isEqualTo(5);
      assertThat(status.links()).isEqualTo(2);
      assertThat(status.mode()).isEqualTo(Files.getAttribute(path, "unix:mode"));
      assertThat(status.owner()).isEqualTo(Files.getAttribute(path, "unix:uid"));
      assertThat(status.group()).isEqualTo(Files.getAttribute(path, "unix:gid"));
      assertThat(status.identity().inode()).isEqualTo(Files.getAttribute(path, "unix:ino"));
      assertThat(status.identity().device()).isEqualTo(Files.getAttribute(path, "unix:dev"));
      assertThat(status.modified()).isEqualTo(time);
      assertThat(status.isRegular()).isTrue();
      assertThat(status.deviceNumber()).isZero();
      assertThat(status.mountId()).isPresent();
    }
  }

  @Test
  void status_ofADevice() throws IOException {
    try (Fd device = Open.file("/dev/null")) {
      FileStatus status = FileStatus.of(device);
      assertThat(status.isRegular()).isFalse();
      assertThat(status.deviceNumber()).isEqualTo(FileIdentity.device(1, 3));
      assertThat(status.deviceNumber())
          .isEqualTo(Files.getAttribute(Path.of("/dev/null"), "unix:rdev"));
    }
  }

  @Test
  void status_ofAMemfd_hasNoName() throws LinuxException {
    try (Fd memfd = Memfd.create("x")) {
      assertThat(FileStatus.of(memfd).links()).isZero();
    }
  }

  @Test
  void status_ofNothing() {
    assertFails(Errno.EBADF, () -> FileStatus.of(Descriptors.notOpen()));
  }
}
