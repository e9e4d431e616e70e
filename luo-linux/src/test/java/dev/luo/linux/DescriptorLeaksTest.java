// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.DescriptorLeaks.Leak;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class DescriptorLeaksTest {
  private final BlockingQueue<Leak> leaks = new LinkedBlockingQueue<>();
  private Consumer<Leak> before = leak -> {};

  @BeforeEach
  void enable() {
    before = DescriptorLeaks.listen(leaks::add);
    DescriptorLeaks.enable(true);
  }

  @AfterEach
  void disable() {
    DescriptorLeaks.enable(false);
    DescriptorLeaks.listen(before);
  }

  @Test
  void leak_isReportedWithItsPlace_andNotClosed() throws Exception {
    int number = openAndForget();
    Leak leak = awaitLeak();
    assertThat(leak.number()).isEqualTo(number);
    assertThat(leak.description()).contains("memfd \"forgotten\"");
    assertThat(leak.place().stream().map(StackTraceElement::getMethodName))
        .contains("openAndForget");
    assertThat(leak.place().getFirst().getClassName()).isEqualTo(Memfd.class.getName());
    try (Fd still = Fd.adopt(number)) {
      assertThat(Memfd.name(still)).isEqualTo("forgotten");
    }
  }

  @Test
  void closedAndReleased_areNotReported() throws Exception {
    closeAndRelease();
    int number = openAndForget();
    assertThat(awaitLeak().number()).isEqualTo(number);
    assertThat(leaks).isEmpty();
    Fd.adopt(number).close();
  }

  @Test
  void list_namesThePlace() throws IOException {
    try (Fd memfd = Memfd.create("tracked")) {
      OpenDescriptor open = find(memfd.number());
      assertThat(open.kind()).isEqualTo(FdKind.MEMFD);
      assertThat(open.target()).isEqualTo("/memfd:tracked (deleted)");
      assertThat(open.openedAt().orElseThrow().stream().map(StackTraceElement::getMethodName))
          .contains("list_namesThePlace");
    }
  }

  @Test
  void list_ofWhatIsNotTracked() throws IOException {
    DescriptorLeaks.enable(false);
    try (Fd memfd = Memfd.create("untracked")) {
      assertThat(find(memfd.number()).openedAt()).isEmpty();
    }
    List<OpenDescriptor> all = OpenDescriptor.list();
    assertThat(all).extracting(OpenDescriptor::number).isSorted().contains(0, 1, 2);
    assertThat(all).extracting(OpenDescriptor::target).noneMatch(target -> target.endsWith("/fd"));
  }

  private static OpenDescriptor find(int number) throws IOException {
    return OpenDescriptor.list().stream()
        .filter(open -> open.number() == number)
        .findFirst()
        .orElseThrow();
  }

  private static int openAndForget() throws LinuxException {
    return Memfd.create("forgotten").number();
  }

  private static void closeAndRelease() throws LinuxException {
    Memfd.create("closed").close();
    Fd released = Memfd.create("released");
    DescriptorLeaks.enable(false);
    Fd.adopt(released.release()).close();
    DescriptorLeaks.enable(true);
  }

  private Leak awaitLeak() throws InterruptedException {
    for (int attempt = 0; attempt < 600; attempt++) {
      System.gc();
      Leak leak = leaks.poll(100, TimeUnit.MILLISECONDS);
      if (leak != null) {
        return leak;
      }
    }
    throw new AssertionError("the garbage collector has not found the lost descriptor");
  }
}
