// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.Memfd;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Pipe;
import dev.luo.spi.FileHandler;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What luo asks of every handler before it has a file for it. */
@NoDescriptorLeaks
class PaperHandlersTest {

  static Stream<FileHandler<?>> handlers() {
    return Stream.of(
        new MemfdHandler(),
        new SocketHandler(),
        new KvmVmHandler(),
        new KvmVcpuHandler(),
        new IommufdHandler(),
        new VfioHandler());
  }

  @Test
  void compatible_isDifferentForEach() {
    List<String> all = handlers().map(handler -> handler.compatible().value()).toList();

    assertThat(all).doesNotHaveDuplicates().allSatisfy(one -> assertThat(one).endsWith("-v1"));
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void acceptsAndWrites_containCompatible(FileHandler<?> handler) {
    assertThat(handler.accepts()).contains(handler.compatible());
    assertThat(handler.writes()).contains(handler.compatible());
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void dependencies_areTheSameObjectsEveryTime(FileHandler<?> handler) {
    assertThat(handler.dependencies()).isEqualTo(handler.dependencies());
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void canPreserve_ofForeignFiles_saysNo(FileHandler<?> handler) throws IOException {
    try (Fd nothing = Open.file("/dev/null", OpenFlag.READ_WRITE);
        Fd folder = Open.file("/proc", OpenFlag.READ_ONLY);
        Fd regular = Open.file("/proc/self/status", OpenFlag.READ_ONLY);
        Fd counter = EventFd.create(0);
        Pipe pipe = Pipe.create()) {
      assertThat(
              Stream.of(nothing, folder, regular, counter, pipe.reading(), pipe.writing())
                  .filter(handler::canPreserve))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void canPreserve_ofNumberThatIsNotOpen_saysNo(FileHandler<?> handler) {
    Fd stranger = Fd.adopt(0x0fff_fffe);
    try {
      assertThat(handler.canPreserve(stranger)).isFalse();
    } finally {
      // Closing it would close nothing, and complain.
      stranger.release();
    }
  }

  @Test
  void canPreserve_ofMemfd_isSaidByOneHandlerOnly() throws IOException {
    try (Fd memfd = Memfd.create("ram")) {
      assertThat(handlers().filter(handler -> handler.canPreserve(memfd)))
          .singleElement()
          .isInstanceOf(MemfdHandler.class);
    }
  }
}
