// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.luo.linux.process.ExitStatus;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class FileChannelsTest {
  @Test
  void reopen_hasAPositionOfItsOwn() throws IOException {
    try (Fd memfd = Memfd.create("x");
        FileChannel channel =
            FileChannels.reopen(memfd, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[10]));
      assertThat(FileIo.size(memfd)).isEqualTo(10);
      assertThat(FileIo.position(memfd)).isZero();
    }
  }

  @Test
  void reopen_ofWhatCannotBeOpened() throws LinuxException {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> FileChannels.reopen(Descriptors.notOpen()));
    try (Fd event = EventFd.create(0)) {
      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> FileChannels.reopen(event));
    }
    Fd closed = Memfd.create("x");
    closed.close();
    assertThatIllegalStateException().isThrownBy(() -> FileChannels.reopen(closed));
  }

  @Test
  void adopt_withoutTheOption_namesIt() throws IOException {
    try (Fd memfd = Memfd.create("x")) {
      assertThatExceptionOfType(JdkAccessException.class)
          .isThrownBy(() -> FileChannels.adopt(memfd))
          .withMessage("start the JVM with --add-opens=java.base/java.io=dev.luo.linux")
          .satisfies(failure -> assertThat(failure.option()).startsWith("--add-opens"));
      assertThat(memfd.isOpen()).isTrue();
      try (FileChannel channel = FileChannels.reopen(memfd)) {
        assertThatExceptionOfType(JdkAccessException.class)
            .isThrownBy(() -> FileChannels.duplicate(channel));
      }
    }
  }

  @Test
  void adopt_withHalfOfTheOptions_namesTheOther() throws LinuxException {
    ChildJvm.Outcome outcome =
        new ChildJvm().option("--add-opens=java.base/java.io=dev.luo.linux").run(AdoptMain.class);
    assertThat(outcome.output())
        .contains(
            "JdkAccessException: start the JVM with --add-opens=java.base/sun.nio.ch=dev.luo.linux");
  }

  @Test
  void adopt_withTheOptions() throws LinuxException {
    ChildJvm.Outcome outcome =
        new ChildJvm()
            .option("--add-opens=java.base/java.io=dev.luo.linux")
            .option("--add-opens=java.base/sun.nio.ch=dev.luo.linux")
            .run(AdoptMain.class);
    assertThat(outcome.output()).isEqualTo("all well\n");
    assertThat(outcome.status()).isEqualTo(new ExitStatus.Exited(0));
  }

  /** Runs where the JDK is open. */
  public static final class AdoptMain {
    private AdoptMain() {}

    public static void main(String[] arguments) throws IOException {
      int before = OpenDescriptor.list().size();
      Fd memfd = Memfd.create("x");
      Fd view = memfd.lend();
      Fd other = memfd.duplicate();
      try (Arena arena = Arena.ofConfined()) {
        FileIo.write(memfd, arena.allocateFrom("hello"));
      }
      FileChannel channel = FileChannels.adopt(memfd);
      check(!memfd.isOpen() && !view.isOpen(), "the channel has taken its place");
      check(channel.position() == 6, "the position is shared");
      channel.position(3);
      check(FileIo.position(other) == 3, "the position is shared both ways");
      try (Fd back = FileChannels.duplicate(channel)) {
        check(back.sameFile(other), "the way back leads to the same file");
      }
      channel.close();
      check(FileIo.size(other) == 6, "closing the channel leaves duplicates alone");
      other.close();
      expect(ClosedChannelException.class, () -> FileChannels.duplicate(channel));
      try (Pipe pipe = Pipe.create();
          FileChannel reading = FileChannels.adopt(pipe.reading());
          FileChannel writing = FileChannels.adopt(pipe.writing())) {
        expect(NonWritableChannelException.class, () -> reading.write(ByteBuffer.allocate(1)));
        expect(NonReadableChannelException.class, () -> writing.read(ByteBuffer.allocate(1)));
        writing.write(ByteBuffer.wrap(new byte[] {42}));
        ByteBuffer read = ByteBuffer.allocate(10);
        check(reading.read(read) == 1 && read.get(0) == 42, "bytes go through the channels");
      }
      expect(LinuxException.class, () -> FileChannels.adopt(Descriptors.notOpen()));
      check(
          OpenDescriptor.list().size() == before, "nothing is left open: " + OpenDescriptor.list());
      System.out.println("all well");
    }

    private static void expect(Class<? extends Exception> type, Descriptors.Action action) {
      try {
        action.run();
      } catch (Exception thrown) {
        check(type.isInstance(thrown), "expected " + type + ", not " + thrown);
        return;
      }
      check(false, "expected " + type);
    }

    private static void check(boolean fact, String what) {
      if (!fact) {
        throw new AssertionError(what);
      }
    }
  }
}
