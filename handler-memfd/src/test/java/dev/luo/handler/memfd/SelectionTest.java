// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Pipe;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.IdentityScope;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which descriptors the handler takes, and how it is found. */
@NoDescriptorLeaks
class SelectionTest {
  private final MemfdHandler handler = new MemfdHandler();

  @Test
  @SuppressWarnings("rawtypes") // there is no class literal of a parameterized type
  void serviceLoader_findsTheHandler() {
    SelectionTest.class.getModule().addUses(FileHandler.class);
    List<String> found =
        ServiceLoader.load(FileHandler.class).stream()
            .map(provider -> provider.type().getName())
            .toList();

    assertThat(found).containsOnlyOnce(MemfdHandler.class.getName());
  }

  @Test
  void compatible_isTheOnlyFormat() {
    Compatible expected = Compatible.of("memfd-user-v1");

    assertThat(handler.compatible()).isEqualTo(expected);
    assertThat(handler.accepts()).containsExactly(expected);
    assertThat(handler.writes()).containsExactly(expected);
    assertThat(handler.dependencies()).isEmpty();
  }

  @Test
  void identityScope_isTheInode() {
    assertThat(handler.identityScope()).isEqualTo(IdentityScope.INODE);
  }

  @Test
  void canPreserve_memfds() throws IOException {
    try (Fd plain = Memfd.create("plain");
        Fd sealable = Memfd.create("sealable", MemfdFlag.ALLOW_SEALING);
        Fd noExec = Memfd.create("", MemfdFlag.NOEXEC_SEAL);
        Fd huge = Memfd.create("huge", MemfdFlag.HUGETLB)) {
      assertThat(List.of(plain, sealable, noExec, huge)).allMatch(handler::canPreserve);
    }
  }

  @Test
  void canPreserve_otherDescriptionsOfAMemfd() throws IOException {
    try (Fd memory = Memory.withContent("ram");
        Fd duplicate = memory.duplicate();
        Fd readOnly = Open.again(memory, OpenFlag.READ_ONLY);
        Fd writeOnly = Open.again(memory, OpenFlag.WRITE_ONLY)) {
      assertThat(List.of(duplicate, readOnly, writeOnly, memory.lend()))
          .allMatch(handler::canPreserve);
    }
  }

  @Test
  void canPreserve_placeInTheFileSystemOnly() throws IOException {
    try (Fd memory = Memory.withContent("ram");
        Fd path = Open.again(memory, OpenFlag.PATH)) {
      assertThat(handler.canPreserve(path)).isFalse();
    }
  }

  @Test
  void canPreserve_fileInSharedMemory_onceUnlinked() throws IOException {
    Memory.requireTmpfs();
    Path path = Files.createTempFile(Memory.TMPFS, "luo", ".test");
    try (Fd file = Open.file(path.toString(), OpenFlag.READ_WRITE)) {
      assertThat(handler.canPreserve(file)).as("while it has a name").isFalse();
      Files.delete(path);
      assertThat(handler.canPreserve(file)).as("without a name").isTrue();
    } finally {
      Files.deleteIfExists(path);
    }
  }

  @Test
  void canPreserve_temporaryFileInSharedMemory() throws IOException {
    try (Fd file = Memory.temporaryFile()) {
      assertThat(handler.canPreserve(file)).isTrue();
    }
  }

  @Test
  void canPreserve_memfdThroughItsMapping() throws IOException {
    try (Fd memory = Memory.withContent("ram");
        Mapping mapping = Mapping.map(memory, Memory.CONTENT.length);
        Fd file = Open.file(mapFile(mapping), OpenFlag.READ_ONLY)) {
      assertThat(handler.canPreserve(file)).isTrue();
      assertThat(file.identity()).isEqualTo(memory.identity());
    }
  }

  private static String mapFile(Mapping mapping) throws IOException {
    String start = Long.toHexString(mapping.segment().address());
    Path folder = Path.of("/proc/self/map_files");
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, start + "-*")) {
      return found.iterator().next().toString();
    }
  }

  @Test
  void canPreserve_fileOnDisk_unlinkedOrNot(@TempDir Path folder) throws IOException {
    String type = Files.getFileStore(folder).type();
    Facilities.require(
        "disk", !type.equals("tmpfs"), folder + " is on tmpfs, so its files are memory");
    Path path = Files.writeString(folder.resolve("file"), "bytes");
    try (Fd file = Open.file(path.toString())) {
      assertThat(handler.canPreserve(file)).isFalse();
      Files.delete(path);
      assertThat(handler.canPreserve(file)).isFalse();
    }
  }

  @Test
  void canPreserve_noMemory() throws IOException {
    try (Pipe pipe = Pipe.create();
        Fd event = EventFd.create(0);
        Fd device = Open.file("/dev/null");
        Fd folder = Open.file("/", OpenFlag.DIRECTORY)) {
      assertThat(List.of(pipe.reading(), pipe.writing(), event, device, folder))
          .noneMatch(handler::canPreserve);
    }
  }

  @Test
  void canPreserve_numberThatIsNotOpen() throws IOException {
    Fd dangling = Fd.adopt(Integer.MAX_VALUE - 1);
    assertThat(handler.canPreserve(dangling)).isFalse();
    assertThat(dangling.release()).isPositive();
  }

  @Test
  void canPreserve_leavesTheFileAlone() throws IOException {
    try (Fd memory = Memory.withContent("ram")) {
      FileIo.position(memory, 5);
      MemfdState before = MemfdState.of(memory);
      assertThat(handler.canPreserve(memory)).isTrue();
      assertThat(MemfdState.of(memory)).isEqualTo(before);
    }
  }
}
