// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class NoDescriptorLeaksTest {
  /** What the classes below leave open, so that they do not leak into this JVM. */
  private static final List<Closeable> LEAKED = new ArrayList<>();

  @AfterEach
  void closeLeaked() throws IOException {
    for (Closeable leaked : LEAKED) {
      leaked.close();
    }
    LEAKED.clear();
  }

  @Test
  void noDescriptorLeaks_testsThatLeak() {
    EngineExecutionResults results = run(Leaking.class);

    results.testEvents().assertStatistics(s -> s.started(5).failed(4));
    results
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(test("file"), failedNaming("file()", "\\d+ -> /dev/null")))
        .haveExactly(1, event(test("pipe"), failedNaming("pipe()", "\\d+ -> pipe:\\[\\d+]")))
        .haveExactly(1, event(test("socket"), failedNaming("socket()", "-> socket:\\[\\d+]")))
        .haveExactly(1, event(test("epoll"), failedNaming("epoll()", "anon_inode:\\[eventpoll]")));
  }

  @Test
  void noDescriptorLeaks_leakOfTestIsNotReportedForItsClass() {
    run(Leaking.class).containerEvents().assertStatistics(s -> s.failed(0));
  }

  @Test
  void noDescriptorLeaks_leakOfClass() {
    run(LeakingClass.class)
        .containerEvents()
        .assertThatEvents()
        .haveExactly(
            1, event(container(LeakingClass.class), failedNaming("LeakingClass", "/dev/null")));
  }

  @Test
  void noDescriptorLeaks_leakOfNestedTest() {
    run(Outer.class)
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(test("inner"), failedNaming("inner()", "/dev/null")));
  }

  @Test
  void noDescriptorLeaks_failureOfTestComesFirst() {
    run(FailingAndLeaking.class)
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(finishedWithFailure(message("own failure"))));
  }

  @Test
  void noDescriptorLeaks_testsThatCloseWhatTheyOpen() {
    EngineExecutionResults results = run(Clean.class, Duration.ofMinutes(1));

    results.testEvents().assertStatistics(s -> s.started(5).succeeded(5));
    results.containerEvents().assertStatistics(s -> s.failed(0));
  }

  private static Condition<Event> failedNaming(String where, String target) {
    return finishedWithFailure(
        message(m ->
            m.startsWith("left open by ")
                && m.contains(where + ":")
                && m.matches("(?s).*" + target + ".*")));
  }

  private static EngineExecutionResults run(Class<?> tests) {
    return run(tests, Duration.ZERO);
  }

  private static EngineExecutionResults run(Class<?> tests, Duration patience) {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(DescriptorLeakExtension.PATIENCE_PARAMETER, patience.toString())
            .selectors(selectClass(tests))
            .execute();
    assertThat(results.testEvents().started().count()).isPositive();
    return results;
  }

  @NoDescriptorLeaks
  static class Leaking {
    @Test
    void file() throws IOException {
      LEAKED.add(FileChannel.open(Path.of("/dev/null")));
    }

    @Test
    void pipe() throws IOException {
      Pipe pipe = Pipe.open();
      pipe.sink().close();
      LEAKED.add(pipe.source());
    }

    @Test
    void socket() throws IOException {
      LEAKED.add(ServerSocketChannel.open());
    }

    @Test
    void epoll() throws IOException {
      LEAKED.add(Selector.open());
    }

    @Test
    void nothing() {}
  }

  @NoDescriptorLeaks
  static class LeakingClass {
    @BeforeAll
    static void open() throws IOException {
      LEAKED.add(FileChannel.open(Path.of("/dev/null")));
    }

    @Test
    void nothing() {}
  }

  @NoDescriptorLeaks
  static class Outer {
    @Nested
    class Inner {
      @Test
      void inner() throws IOException {
        LEAKED.add(FileChannel.open(Path.of("/dev/null")));
      }
    }
  }

  @NoDescriptorLeaks
  static class FailingAndLeaking {
    @Test
    void test() throws IOException {
      LEAKED.add(FileChannel.open(Path.of("/dev/null")));
      throw new AssertionError("own failure");
    }
  }

  /** Each opens something of the JDK's for the first time, and closes all that is its own. */
  @NoDescriptorLeaks
  static class Clean {
    private static FileChannel ofClass;
    private FileChannel ofTest;

    @BeforeAll
    static void openForClass() throws IOException {
      ofClass = FileChannel.open(Path.of("/dev/null"));
    }

    @AfterAll
    static void closeForClass() throws IOException {
      ofClass.close();
    }

    @BeforeEach
    void openForTest() throws IOException {
      ofTest = FileChannel.open(Path.of("/dev/null"));
    }

    @AfterEach
    void closeForTest() throws IOException {
      ofTest.close();
    }

    @Test
    void nothing() {}

    @Test
    void random() {
      assertThat(new SecureRandom().nextLong()).isNotZero();
    }

    @Test
    void selector() throws IOException {
      Selector.open().close();
    }

    @Test
    void process() throws Exception {
      assertThat(new ProcessBuilder("true").start().waitFor()).isZero();
    }

    @Test
    void blockedVirtualThread() throws Exception {
      Pipe pipe = Pipe.open();
      try (Pipe.SourceChannel source = pipe.source();
          Pipe.SinkChannel sink = pipe.sink()) {
        Thread reader = Thread.startVirtualThread(() -> readByte(source));
        sink.write(ByteBuffer.allocate(1));
        reader.join();
      }
    }

    private static void readByte(Pipe.SourceChannel source) {
      try {
        source.read(ByteBuffer.allocate(1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
