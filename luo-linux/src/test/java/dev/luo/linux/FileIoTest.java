// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static dev.luo.linux.FailureAssertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.linux.FileIo.Extent;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class FileIoTest {
  private final Arena arena = Arena.ofShared();
  private Fd file = Descriptors.notOpen();

  @BeforeEach
  void create() throws LinuxException {
    file = Memfd.create("file", MemfdFlag.ALLOW_SEALING);
  }

  @AfterEach
  void close() {
    file.close();
    arena.close();
  }

  @Test
  void write_thenRead_atThePosition() throws LinuxException {
    assertThat(FileIo.write(file, arena.allocateFrom("hello"))).isEqualTo(6);
    assertThat(FileIo.position(file)).isEqualTo(6);
    FileIo.position(file, 1);
    MemorySegment buffer = arena.allocate(16);
    assertThat(FileIo.read(file, buffer)).isEqualTo(5);
    assertThat(buffer.getString(0)).isEqualTo("ello");
    assertThat(FileIo.read(file, buffer)).as("at the end").isZero();
  }

  @Test
  void pwrite_thenPread_leaveThePosition() throws IOException {
    FileIo.pwriteFully(file, arena.allocateFrom(ValueLayout.JAVA_LONG, 1, 2, 3), 8);
    MemorySegment buffer = arena.allocate(ValueLayout.JAVA_LONG, 3);
    FileIo.preadFully(file, buffer, 8);
    assertThat(buffer.toArray(ValueLayout.JAVA_LONG)).containsExactly(1, 2, 3);
    assertThat(FileIo.position(file)).isZero();
    assertThat(FileIo.pread(file, buffer, 1000)).isZero();
  }

  @Test
  void preadFully_beyondTheEnd() throws LinuxException {
    FileIo.truncate(file, 10);
    assertThatExceptionOfType(EOFException.class)
        .isThrownBy(() -> FileIo.preadFully(file, arena.allocate(16), 0))
        .withMessageContaining("6 bytes before 16");
  }

  @Test
  void read_intoTheHeap() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FileIo.read(file, MemorySegment.ofArray(new byte[8])));
  }

  @Test
  void read_intoMemoryThatIsGone() {
    Arena gone = Arena.ofShared();
    MemorySegment buffer = gone.allocate(8);
    gone.close();
    assertThatIllegalStateException().isThrownBy(() -> FileIo.read(file, buffer));
  }

  @Test
  void read_fromNowhere() {
    MemorySegment buffer = arena.allocate(8);
    Fd nothing = Descriptors.notOpen();
    assertFails(Errno.EBADF, () -> FileIo.read(nothing, buffer));
    assertFails(Errno.EBADF, () -> FileIo.write(nothing, buffer));
    assertFails(Errno.EBADF, () -> FileIo.pread(nothing, buffer, 0));
    assertFails(Errno.EBADF, () -> FileIo.pwrite(nothing, buffer, 0));
    assertFails(Errno.EBADF, () -> FileIo.size(nothing));
    assertFails(Errno.EBADF, () -> FileIo.truncate(nothing, 0));
    assertFails(Errno.EBADF, () -> FileIo.position(nothing));
    assertFails(Errno.EBADF, () -> FileIo.sync(nothing));
    assertFails(Errno.EBADF, () -> FileIo.allocate(nothing, 0, 1));
  }

  @Test
  void position_ofWhatHasNone() throws LinuxException {
    try (Pipe pipe = Pipe.create()) {
      assertFails(Errno.ESPIPE, () -> FileIo.position(pipe.reading()));
      assertFails(Errno.ESPIPE, () -> FileIo.position(pipe.reading(), 1));
      assertFails(Errno.ESPIPE, () -> FileIo.dataExtents(pipe.reading()));
    }
    assertFails(Errno.EINVAL, () -> FileIo.position(file, -1));
  }

  @Test
  void write_toSealed() throws LinuxException {
    FileIo.truncate(file, 10);
    Memfd.addSeals(file, Seal.WRITE);
    assertFails(Errno.EPERM, () -> FileIo.write(file, arena.allocate(8)));
    assertFails(Errno.EPERM, () -> FileIo.pwriteFully(file, arena.allocate(8), 0));
    assertFails(Errno.EPERM, () -> FileIo.punchHole(file, 0, 10));
  }

  @Test
  void write_toAPipeNobodyReads() throws LinuxException {
    try (Pipe pipe = Pipe.create()) {
      pipe.reading().close();
      assertFails(Errno.EPIPE, () -> FileIo.write(pipe.writing(), arena.allocate(1)));
      assertFails(Errno.ESPIPE, () -> FileIo.position(pipe.writing()));
      assertFails(Errno.ESPIPE, () -> FileIo.pwrite(pipe.writing(), arena.allocate(1), 0));
    }
  }

  @Test
  void read_fromAnEmptyPipeThatDoesNotWait() throws LinuxException {
    try (Pipe pipe = Pipe.create(OpenFlag.NON_BLOCKING)) {
      assertFails(Errno.EAGAIN, () -> FileIo.read(pipe.reading(), arena.allocate(1)));
    }
  }

  @Test
  void truncate_changesTheSize() throws LinuxException {
    FileIo.truncate(file, 3L << 30);
    assertThat(FileIo.size(file)).isEqualTo(3L << 30);
    assertThat(FileStatus.of(file).allocatedBytes()).isZero();
    assertFails(Errno.EINVAL, () -> FileIo.truncate(file, -1));
  }

  @Test
  void allocate_thenPunchHole() throws LinuxException {
    FileIo.allocate(file, 0, 8192);
    assertThat(FileIo.size(file)).isEqualTo(8192);
    assertThat(FileStatus.of(file).allocatedBytes()).isEqualTo(8192);
    FileIo.punchHole(file, 4096, 4096);
    assertThat(FileIo.size(file)).isEqualTo(8192);
    assertThat(FileStatus.of(file).allocatedBytes()).isEqualTo(4096);
    assertFails(Errno.EINVAL, () -> FileIo.allocate(file, 0, 0));
  }

  @Test
  void dataExtents_leaveHolesOutAndThePositionAlone() throws LinuxException {
    FileIo.truncate(file, 1 << 20);
    FileIo.pwriteFully(file, arena.allocate(4096), 8192);
    FileIo.pwriteFully(file, arena.allocate(8192), 1 << 16);
    FileIo.position(file, 77);
    assertThat(FileIo.dataExtents(file))
        .containsExactly(new Extent(8192, 4096), new Extent(1 << 16, 8192));
    assertThat(FileIo.position(file)).isEqualTo(77);
  }

  @Test
  void dataExtents_ofAnEmptyFile_andOfAHole() throws LinuxException {
    assertThat(FileIo.dataExtents(file)).isEmpty();
    FileIo.truncate(file, 4096);
    assertThat(FileIo.dataExtents(file)).isEmpty();
  }

  @Test
  void sync_works() throws LinuxException {
    FileIo.sync(file);
  }
}
