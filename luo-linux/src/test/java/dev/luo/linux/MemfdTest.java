// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class MemfdTest {
  @Test
  void create_withName() throws LinuxException {
    try (Fd memfd = Memfd.create("guest ram")) {
      assertThat(memfd.kind()).isEqualTo(FdKind.MEMFD);
      assertThat(Memfd.name(memfd)).isEqualTo("guest ram");
      assertThat(memfd.closeOnExec()).isTrue();
      assertThat(FileIo.size(memfd)).isZero();
      assertThat(Memfd.pageSize(memfd)).isEqualTo(4096);
    }
  }

  @Test
  void create_withoutName() throws LinuxException {
    try (Fd memfd = Memfd.create("")) {
      assertThat(Memfd.name(memfd)).isEmpty();
    }
  }

  @Test
  void create_withTooLongName() {
    assertFails(Errno.EINVAL, () -> Memfd.create("x".repeat(250)));
  }

  @Test
  void create_withoutRoom() throws Exception {
    assertFails(Errno.EINVAL, () -> Memfd.create("x".repeat(250)));
    Descriptors.withRoomFor(0, () -> assertFails(Errno.EMFILE, () -> Memfd.create("x")));
  }

  @Test
  void name_ofSomethingElse() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      assertFails(Errno.EINVAL, () -> Memfd.name(event));
    }
  }

  @Test
  void seals_withoutAllowSealing_areSealed() throws LinuxException {
    try (Fd memfd = Memfd.create("x")) {
      assertThat(Memfd.seals(memfd)).isEqualTo(SealSet.of(Seal.SEAL));
      assertFails(Errno.EPERM, () -> Memfd.addSeals(memfd, Seal.GROW));
    }
  }

  @Test
  void addSeals_isForGood() throws LinuxException {
    try (Fd memfd = Memfd.create("x", EnumSet.of(MemfdFlag.ALLOW_SEALING))) {
      assertThat(Memfd.seals(memfd)).isEqualTo(SealSet.NONE);
      FileIo.truncate(memfd, 8192);
      Memfd.addSeals(memfd, Seal.SHRINK);
      Memfd.addSeals(memfd, SealSet.of(Seal.GROW));
      assertThat(Memfd.seals(memfd)).isEqualTo(SealSet.of(Seal.SHRINK, Seal.GROW));
      assertFails(Errno.EPERM, () -> FileIo.truncate(memfd, 4096));
      assertFails(Errno.EPERM, () -> FileIo.truncate(memfd, 16384));
    }
  }

  @Test
  void addSeals_againstWriting_whileMapped() throws LinuxException {
    try (Fd memfd = Memfd.create("x", MemfdFlag.ALLOW_SEALING)) {
      FileIo.truncate(memfd, 4096);
      try (Mapping mapping = Mapping.map(memfd, 4096)) {
        assertThat(mapping.isWritable()).isTrue();
        assertFails(Errno.EBUSY, () -> Memfd.addSeals(memfd, Seal.WRITE));
        Memfd.addSeals(memfd, Seal.FUTURE_WRITE);
      }
    }
  }

  @Test
  void seals_ofSomethingElse() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      assertFails(Errno.EINVAL, () -> Memfd.seals(event));
    }
    assertFails(Errno.EBADF, () -> Memfd.seals(Descriptors.notOpen()));
  }

  @Test
  void create_notExecutable() throws LinuxException {
    try (Fd memfd = Memfd.create("x", MemfdFlag.NOEXEC_SEAL)) {
      assertThat(Memfd.seals(memfd).contains(Seal.EXEC)).isTrue();
      assertThat(FileStatus.of(memfd).permissions() & 0111).isZero();
    }
  }

  @Test
  void create_executable() throws LinuxException {
    try (Fd memfd = Memfd.create("x", MemfdFlag.EXEC)) {
      assertThat(FileStatus.of(memfd).permissions() & 0111).isEqualTo(0111);
    }
  }

  @Test
  void create_ofHugePages_hasTheirSize() throws IOException {
    Facilities.require(
        "hugetlb",
        Files.exists(Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB")),
        "no huge pages of 2 MiB");
    try (Fd memfd = Memfd.create("huge", MemfdFlag.HUGETLB_2MB, MemfdFlag.ALLOW_SEALING)) {
      assertThat(Memfd.pageSize(memfd)).isEqualTo(2 << 20);
      assertFails(Errno.EINVAL, () -> FileIo.truncate(memfd, 4096));
      FileIo.truncate(memfd, 4 << 20);
      assertThat(FileIo.size(memfd)).isEqualTo(4 << 20);
    }
  }

  @Test
  void map_ofHugePages() throws IOException {
    Path free = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages");
    boolean reserved = Files.exists(free) && Long.parseLong(Files.readString(free).strip()) >= 2;
    Facilities.require("hugetlb-reserved", reserved, "fewer than two free huge pages of 2 MiB");
    try (Fd memfd = Memfd.create("huge", MemfdFlag.HUGETLB_2MB)) {
      FileIo.truncate(memfd, 4 << 20);
      try (Mapping whole = Mapping.map(memfd, 4 << 20);
          Mapping byChannel =
              Mapping.mapByChannel(memfd, 2 << 20, 4096, EnumSet.noneOf(MapFlag.class))) {
        whole.segment().set(ValueLayout.JAVA_INT, 2 << 20, 4711);
        assertThat(byChannel.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(4711);
      }
    }
  }
}
