// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.process.ExitStatus;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a successor does first must not have to wait for the foreign linker. */
@NoDescriptorLeaks
class FreshJvmTest {
  private static final String LINKER = "jdk.internal.foreign.abi.AbstractLinker";
  private static final int TARGET = 5;

  @Test
  void firstAccess_bringsUpNoLinker() throws LinuxException {
    ChildJvm.Outcome outcome = run(FirstAccessMain.class);
    assertThat(outcome.output())
        .contains(
            "read 4711 of fd 5 (memfd \"ram\", 65536 bytes), MEMFD, READ_WRITE, same identity")
        .contains("dev.luo.linux.Mapping")
        .doesNotContain(LINKER, "dev.luo.linux.internal.Kernel ");
    assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void logOfClasses_wouldShowTheLinker() throws LinuxException {
    assertThat(run(LinkingMain.class).output()).contains(LINKER);
  }

  @Test
  void close_ofWhatSomebodyElseHasClosed_isLogged() throws LinuxException {
    ChildJvm.Outcome outcome = new ChildJvm().run(ClosedTwiceMain.class);
    assertThat(outcome.output()).contains("WARNING").contains("EBADF (Bad file descriptor)");
    assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(0));
  }

  @Test
  void tracking_bySystemProperty() throws LinuxException {
    ChildJvm.Outcome outcome =
        new ChildJvm().option("-Ddev.luo.linux.trackDescriptors=true").run(ForgettingMain.class);
    assertThat(outcome.output())
        .contains("descriptor was not closed: fd ")
        .contains("ForgettingMain.forget");
  }

  private static ChildJvm.Outcome run(Class<?> main) throws LinuxException {
    try (Fd memfd = Memfd.create("ram", MemfdFlag.ALLOW_SEALING);
        Arena arena = Arena.ofConfined()) {
      FileIo.truncate(memfd, 1 << 16);
      FileIo.pwriteFully(memfd, arena.allocateFrom(ValueLayout.JAVA_LONG, 4711), 4096);
      return new ChildJvm()
          .descriptor(memfd, TARGET)
          .option("-Xlog:class+load=info:stdout")
          .run(main);
    }
  }

  /** Adopts, asks, maps and reads, as after an exec. */
  public static final class FirstAccessMain {
    private FirstAccessMain() {}

    public static void main(String[] arguments) throws IOException {
      Fd memfd = Fd.adopt(TARGET);
      FdKind kind = memfd.kind();
      boolean same = memfd.identity().equals(memfd.lend().identity());
      try (Mapping mapping = Mapping.map(memfd, 4096, 8192);
          Mapping readOnly = Mapping.map(memfd, 1 << 16, MapFlag.READ_ONLY)) {
        MemorySegment segment = mapping.segment();
        long value = readOnly.segment().get(ValueLayout.JAVA_LONG, 4096);
        segment.set(ValueLayout.JAVA_LONG, 0, value);
        System.out.println(
            "read "
                + value
                + " of "
                + memfd.describe()
                + ", "
                + kind
                + ", "
                + memfd.statusFlags()
                + (same ? ", same identity" : ""));
      }
      BootId.current();
    }
  }

  /** Makes one call. */
  public static final class LinkingMain {
    private LinkingMain() {}

    public static void main(String[] arguments) throws IOException {
      Fd.adopt(TARGET).closeOnExec();
    }
  }

  /** Closes a number behind the back of its owner. */
  public static final class ClosedTwiceMain {
    private ClosedTwiceMain() {}

    public static void main(String[] arguments) throws IOException {
      Fd memfd = Memfd.create("x");
      Fd.adopt(memfd.number()).close();
      memfd.close();
    }
  }

  /** Loses a descriptor and waits for the report. */
  public static final class ForgettingMain {
    private ForgettingMain() {}

    public static void main(String[] arguments) throws Exception {
      CountDownLatch reported = new CountDownLatch(1);
      Consumer<DescriptorLeaks.Leak> log = DescriptorLeaks.listen(leak -> {});
      DescriptorLeaks.listen(leak -> {
        log.accept(leak);
        reported.countDown();
      });
      forget();
      do {
        System.gc();
      } while (!reported.await(50, TimeUnit.MILLISECONDS));
    }

    private static void forget() throws LinuxException {
      Memfd.create("lost");
    }
  }
}
