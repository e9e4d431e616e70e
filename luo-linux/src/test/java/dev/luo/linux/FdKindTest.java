// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.process.PidFd;
import dev.luo.linux.socket.SocketPair;
import dev.luo.linux.socket.SocketType;
import dev.luo.linux.socket.Sockets;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NoDescriptorLeaks
class FdKindTest {
  @Test
  void kind_ofRealDescriptors(@TempDir Path folder) throws IOException {
    String file = folder.resolve("file").toString();
    try (Fd memfd = Memfd.create("x");
        Fd regular = Open.file(file, OpenFlag.CREATE, OpenFlag.READ_WRITE);
        Fd directory = Open.file(folder.toString());
        Fd device = Open.file("/dev/null");
        Fd event = EventFd.create(0);
        Fd namespace = Open.file("/proc/self/ns/net");
        Fd link = Open.file("/proc/self/exe", OpenFlag.PATH, OpenFlag.NO_FOLLOW);
        Pipe pipe = Pipe.create();
        SocketPair sockets = Sockets.pair(SocketType.STREAM);
        PidFd process = PidFd.open(ProcessHandle.current().pid())) {
      assertThat(memfd.kind()).isEqualTo(FdKind.MEMFD);
      assertThat(regular.kind()).isEqualTo(FdKind.REGULAR_FILE);
      assertThat(directory.kind()).isEqualTo(FdKind.DIRECTORY);
      assertThat(device.kind()).isEqualTo(FdKind.CHARACTER_DEVICE);
      assertThat(event.kind()).isEqualTo(FdKind.EVENTFD);
      assertThat(namespace.kind()).isEqualTo(FdKind.NAMESPACE);
      assertThat(link.kind()).isEqualTo(FdKind.SYMBOLIC_LINK);
      assertThat(pipe.reading().kind()).isEqualTo(FdKind.PIPE);
      assertThat(pipe.writing().kind()).isEqualTo(FdKind.PIPE);
      assertThat(sockets.first().kind()).isEqualTo(FdKind.SOCKET);
      assertThat(process.fd().kind()).isEqualTo(FdKind.PIDFD);
    }
  }

  @Test
  void kind_ofAnUnlinkedFile_isNotMemfd(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("memfd:x");
    try (Fd regular = Open.file(file.toString(), OpenFlag.CREATE, OpenFlag.READ_WRITE)) {
      Files.delete(file);
      assertThat(regular.kind()).isEqualTo(FdKind.REGULAR_FILE);
      assertThat(regular.target()).endsWith("(deleted)");
    }
  }

  @Test
  void kind_ofEpoll() throws IOException {
    try (Selector selector = Selector.open()) {
      assertThat(selector.isOpen()).isTrue();
      List<OpenDescriptor> open = OpenDescriptor.list();
      assertThat(open).extracting(OpenDescriptor::kind).contains(FdKind.EPOLL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "anon_inode:[timerfd],           TIMERFD",
    "anon_inode:[signalfd],          SIGNALFD",
    "anon_inode:[pidfd],             PIDFD",
    "anon_inode:inotify,             INOTIFY",
    "anon_inode:[fanotify],          FANOTIFY",
    "anon_inode:[userfaultfd],       USERFAULTFD",
    "anon_inode:[io_uring],          IO_URING",
    "anon_inode:[eventpoll],         EPOLL",
    "anon_inode:kvm-vm,              ANON_INODE",
    "anon_inode:[something new],     ANON_INODE",
    "pidfd:[4711],                   PIDFD",
    "mnt:[4026531832],               NAMESPACE",
    "/dmabuf:,                       DMA_BUF",
    "/somewhere,                     UNKNOWN",
    "strange,                        UNKNOWN"
  })
  void of_whatThisMachineMayLack(String target, FdKind kind) {
    assertThat(FdKind.of(target, 0600, 1)).isEqualTo(kind);
  }

  @Test
  void of_blockDevice() {
    assertThat(FdKind.of("/dev/vda", 0060600, 1)).isEqualTo(FdKind.BLOCK_DEVICE);
  }

  @Test
  void of_filesOfTheKernel_thatLookRegular() {
    assertThat(
            Stream.of("net:[4026531833]", "pidfd:[1]").map(target -> FdKind.of(target, 0100444, 1)))
        .containsExactly(FdKind.NAMESPACE, FdKind.PIDFD);
  }
}
