// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NoDescriptorLeaks
class MappingTest {
  private static final int SIZE = 64 << 10;

  /** The two ways to map, which owe the same result. */
  enum Way {
    KERNEL,
    CHANNEL;

    Mapping map(Fd file, long offset, long byteSize, MapFlag... flags) throws LinuxException {
      Set<MapFlag> how = EnumSet.noneOf(MapFlag.class);
      how.addAll(Arrays.asList(flags));
      return this == KERNEL
          ? Mapping.mapByKernel(file, offset, byteSize, how)
          : Mapping.mapByChannel(file, offset, byteSize, how);
    }
  }

  private Fd file = Descriptors.notOpen();

  @BeforeEach
  void create() throws LinuxException {
    file = Memfd.create("file", MemfdFlag.ALLOW_SEALING);
    FileIo.truncate(file, SIZE);
  }

  @AfterEach
  void close() {
    file.close();
  }

  @ParameterizedTest
  @EnumSource
  void map_sharesMemoryWithTheFile(Way way) throws LinuxException {
    try (Mapping first = way.map(file, 0, SIZE);
        Mapping second = way.map(file, 4096, 4096)) {
      assertThat(first.byteSize()).isEqualTo(SIZE);
      assertThat(second.byteSize()).isEqualTo(4096);
      first.segment().set(ValueLayout.JAVA_LONG, 4096, 4711);
      assertThat(second.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(4711);
      assertThat(first.isShared()).isTrue();
      assertThat(first.isWritable()).isTrue();
    }
    assertThat(FileIo.size(file)).isEqualTo(SIZE);
  }

  @ParameterizedTest
  @EnumSource
  void map_outlivesTheDescriptor(Way way) throws LinuxException {
    try (Mapping mapping = way.map(file, 0, SIZE)) {
      file.close();
      mapping.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      assertThat(mapping.segment().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void map_beyondTheEnd_neitherMapsNorGrows(Way way) throws LinuxException {
    assertFails(Errno.ENXIO, () -> way.map(file, 0, SIZE + 1));
    assertFails(Errno.ENXIO, () -> way.map(file, SIZE, 1));
    assertFails(Errno.ENXIO, () -> way.map(file, 4096, Long.MAX_VALUE));
    assertThat(FileIo.size(file)).isEqualTo(SIZE);
  }

  @ParameterizedTest
  @EnumSource
  void map_ofASealedFile(Way way) throws LinuxException {
    FileIo.pwriteFully(file, bytes(42), 0);
    Memfd.addSeals(file, Seal.SHRINK, Seal.GROW, Seal.WRITE);
    assertFails(Errno.EPERM, () -> way.map(file, 0, SIZE));
    try (Mapping mapping = way.map(file, 0, SIZE, MapFlag.READ_ONLY)) {
      assertThat(mapping.segment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(42);
      assertThat(mapping.isWritable()).isFalse();
      assertThatThrownBy(() -> mapping.segment().set(ValueLayout.JAVA_LONG, 0, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void close_endsTheSegment(Way way) throws LinuxException {
    Mapping mapping = way.map(file, 0, SIZE);
    MemorySegment segment = mapping.segment();
    mapping.close();
    mapping.close();
    assertThat(mapping.isOpen()).isFalse();
    assertThat(mapping).hasToString("Mapping[65536 bytes, [], closed]");
    assertThatIllegalStateException().isThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0));
    assertThatIllegalStateException().isThrownBy(() -> mapping.advise(Advice.WILLNEED));
  }

  @ParameterizedTest
  @EnumSource
  void map_ofMoreThanTwoGibibytes(Way way) throws LinuxException {
    long size = 5L << 30;
    FileIo.truncate(file, size);
    try (Mapping mapping = way.map(file, 0, size)) {
      mapping.segment().set(ValueLayout.JAVA_LONG, size - 8, 4711);
      assertThat(mapping.segment().get(ValueLayout.JAVA_LONG, size - 8)).isEqualTo(4711);
    }
    assertThat(FileStatus.of(file).allocatedBytes()).isEqualTo(4096);
  }

  @Test
  void map_private_leavesTheFileAlone() throws LinuxException {
    try (Mapping mapping = Mapping.map(file, SIZE, MapFlag.PRIVATE);
        Mapping shared = Mapping.map(file, SIZE)) {
      assertThat(mapping.isShared()).isFalse();
      mapping.segment().set(ValueLayout.JAVA_LONG, 0, 4711);
      assertThat(shared.segment().get(ValueLayout.JAVA_LONG, 0)).isZero();
    }
  }

  @Test
  void map_populated_allocatesEverything() throws LinuxException {
    try (Mapping mapping = Mapping.map(file, 0, SIZE, MapFlag.POPULATE)) {
      assertThat(FileStatus.of(file).allocatedBytes()).isEqualTo(SIZE);
      mapping.advise(Advice.REMOVE, 4096, 4096);
      assertThat(FileStatus.of(file).allocatedBytes()).isEqualTo(SIZE - 4096);
    }
  }

  @Test
  void populate_allocatesEverything() throws LinuxException {
    try (Mapping mapping = Mapping.map(file, SIZE);
        Mapping readOnly = Mapping.map(file, SIZE, MapFlag.READ_ONLY)) {
      assertThat(FileStatus.of(file).allocatedBytes()).isZero();
      mapping.populate();
      assertThat(FileStatus.of(file).allocatedBytes()).isEqualTo(SIZE);
      readOnly.populate();
      mapping.sync();
      mapping.advise(Advice.DONTNEED);
      assertThat(mapping.segment().get(ValueLayout.JAVA_LONG, 0)).isZero();
    }
  }

  @Test
  void advise_outOfBoundsOrUnaligned() throws LinuxException {
    try (Mapping mapping = Mapping.map(file, SIZE)) {
      assertThatThrownBy(() -> mapping.advise(Advice.WILLNEED, 0, SIZE + 4096))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertFails(Errno.EINVAL, () -> mapping.advise(Advice.WILLNEED, 1, 4096));
    }
  }

  @Test
  void sync_bringsWhatWasWrittenToTheFile(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("file");
    try (Fd onDisk = Open.file(path.toString(), OpenFlag.CREATE, OpenFlag.READ_WRITE)) {
      FileIo.truncate(onDisk, 4096);
      try (Mapping mapping = Mapping.map(onDisk, 4096)) {
        mapping.segment().setString(0, "hello");
        mapping.sync();
        assertThat(Files.readString(path)).startsWith("hello");
      }
    }
  }

  @Test
  void everything_onMemoryThatWasUnmapped() throws LinuxException {
    Mapping mapping = Mapping.map(file, SIZE);
    mapping.close();
    assertThatIllegalStateException().isThrownBy(mapping::sync);
    assertThatIllegalStateException().isThrownBy(mapping::populate);
    assertThatIllegalStateException().isThrownBy(() -> mapping.advise(Advice.DONTNEED));
  }

  @Test
  void populate_beyondTheEnd() throws LinuxException {
    try (Mapping mapping = Mapping.map(file, SIZE)) {
      FileIo.truncate(file, 4096);
      assertFails(Errno.EFAULT, mapping::populate);
    }
  }

  @Test
  void map_withBadArguments() {
    assertThatIllegalArgumentException().isThrownBy(() -> Mapping.map(file, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Mapping.map(file, -4096, 4096));
    assertThatIllegalArgumentException().isThrownBy(() -> Mapping.anonymous(0));
    assertFails(Errno.EINVAL, () -> Mapping.map(file, 1, 4096));
    assertFails(Errno.EBADF, () -> Mapping.map(Descriptors.notOpen(), 4096));
  }

  @Test
  void map_ofWhatCannotBeMapped() throws LinuxException {
    try (Fd event = EventFd.create(0)) {
      assertFails(Errno.ENODEV, () -> Mapping.map(event, 4096));
    }
  }

  @Test
  void map_ofAFileOpenForReadingOnly(@TempDir Path folder) throws IOException {
    String path = folder.resolve("file").toString();
    Open.file(path, OpenFlag.CREATE, OpenFlag.READ_WRITE).close();
    try (Fd writing = Open.file(path, OpenFlag.READ_WRITE);
        Fd reading = Open.file(path)) {
      FileIo.truncate(writing, 4096);
      assertFails(Errno.EACCES, () -> Mapping.map(reading, 4096));
      try (Mapping mapping = Mapping.map(reading, 4096, MapFlag.READ_ONLY)) {
        assertThat(mapping.byteSize()).isEqualTo(4096);
      }
    }
  }

  @Test
  void map_ofADevice() throws LinuxException {
    try (Fd zero = Open.file("/dev/zero", OpenFlag.READ_WRITE);
        Mapping mapping = Mapping.map(zero, 8192, MapFlag.PRIVATE, MapFlag.NO_RESERVE)) {
      assertThat(mapping.segment().get(ValueLayout.JAVA_LONG, 8184)).isZero();
    }
  }

  @Test
  void anonymous_isPrivateAndZero() throws LinuxException {
    try (Mapping mapping = Mapping.anonymous(1 << 20, MapFlag.POPULATE)) {
      assertThat(mapping.isShared()).isFalse();
      mapping.segment().set(ValueLayout.JAVA_LONG, 8, 1);
      mapping.advise(Advice.DONTNEED);
      assertThat(mapping.segment().get(ValueLayout.JAVA_LONG, 8)).isZero();
    }
    assertFails(Errno.ENOMEM, () -> Mapping.anonymous(1L << 60));
  }

  private static MemorySegment bytes(long value) {
    return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_LONG, value);
  }
}
