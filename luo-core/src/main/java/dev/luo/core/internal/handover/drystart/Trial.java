// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Open;
import dev.luo.linux.Pipe;
import dev.luo.linux.Poll;
import dev.luo.linux.Poll.Event;
import dev.luo.linux.Poll.Interest;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.ExitStatus;
import dev.luo.linux.process.PidFd;
import dev.luo.linux.process.Signal;
import dev.luo.linux.process.Spawn;
import dev.luo.spi.Deadline;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A child process that is asked to describe itself: its standard input is empty, its output is read
 * so that it never has to wait, and it is dead and reaped when this is closed.
 *
 * <p>One thread watches everything there is to watch, so that no descriptor that a grandchild has
 * inherited can keep it waiting.
 */
final class Trial implements AutoCloseable {
  /** The number of the pipe in the child. */
  static final int ANSWER = 3;

  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int CHUNK = 16 << 10;
  private static final int OUTPUT_KEPT = 8 << 10;

  private final PidFd process;
  private final Pipe answers;
  private final Pipe outputs;
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private final OutputTail output = new OutputTail(OUTPUT_KEPT);
  private boolean answerOpen = true;
  private boolean outputOpen = true;
  private Optional<ExitStatus> status = Optional.empty();

  private Trial(PidFd process, Pipe answers, Pipe outputs) {
    this.process = process;
    this.answers = answers;
    this.outputs = outputs;
  }

  /**
   * Starts the child.
   *
   * @throws LinuxException if the system refuses to execute the command
   */
  static Trial start(Command command) throws LinuxException {
    Pipe answers = Pipe.create();
    try {
      Pipe outputs = Pipe.create();
      try (Fd empty = Open.file("/dev/null")) {
        PidFd process =
            Spawn.of(command)
                .descriptor(empty, STDIN)
                .descriptor(outputs.writing(), STDOUT)
                .descriptor(outputs.writing(), STDERR)
                .descriptor(answers.writing(), ANSWER)
                .start();
        // What is still open for writing is open in the child alone: its end is an end here too.
        answers.writing().close();
        outputs.writing().close();
        return new Trial(process, answers, outputs);
      } catch (LinuxException failure) {
        outputs.close();
        throw failure;
      }
    } catch (LinuxException failure) {
      answers.close();
      throw failure;
    }
  }

  /** What became of the child's answer. */
  enum Outcome {
    /** The answer has its end. */
    ANSWERED,
    /** The child has ended without completing an answer. */
    ENDED,
    /** The answer is longer than any is. */
    TOO_LONG,
    /** Time is up. */
    SILENT
  }

  /** Waits for the answer, and for the child to end after it. */
  Outcome await(Deadline deadline) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment chunk = arena.allocate(CHUNK);
      while (true) {
        boolean waiting = !deadline.expired();
        boolean ended = process.hasEnded();
        boolean read = pump(chunk, ended ? System.nanoTime() : deadline.nanoTime());
        if (answer.size() > DescriptionFormat.MAX_BYTES) {
          return Outcome.TOO_LONG;
        }
        // What the child wrote before its end is in the pipes. What a grandchild still writes is
        // not waited for, and one that never stops writing is not listened to for ever.
        if (ended && (!read || !waiting)) {
          status = process.reap();
          return isComplete() ? Outcome.ANSWERED : Outcome.ENDED;
        }
        if (!ended && !waiting) {
          return isComplete() ? Outcome.ANSWERED : Outcome.SILENT;
        }
      }
    }
  }

  /** Waits until something happens, and reads what there is to read. Tells whether there was. */
  private boolean pump(MemorySegment chunk, long until) throws LinuxException {
    List<Interest> interests = new ArrayList<>();
    interests.add(Interest.readable(process.fd()));
    if (answerOpen) {
      interests.add(Interest.readable(answers.reading()));
    }
    if (outputOpen) {
      interests.add(Interest.readable(outputs.reading()));
    }
    List<Set<Event>> events = Poll.await(interests, until);
    boolean read = false;
    int next = 1;
    if (answerOpen && !events.get(next++).isEmpty()) {
      byte[] bytes = read(answers.reading(), chunk);
      answer.writeBytes(bytes);
      answerOpen = bytes.length > 0;
      read = true;
    }
    if (outputOpen && !events.get(next).isEmpty()) {
      byte[] bytes = read(outputs.reading(), chunk);
      output.append(bytes);
      outputOpen = bytes.length > 0;
      read = true;
    }
    return read;
  }

  private static byte[] read(Fd pipe, MemorySegment chunk) throws LinuxException {
    long count = FileIo.read(pipe, chunk);
    return chunk.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
  }

  private boolean isComplete() {
    byte[] bytes = answer.toByteArray();
    return DescriptionFormat.isComplete(bytes, bytes.length);
  }

  /** Makes sure that the child has ended. Its descendants are killed with it. */
  void end() throws LinuxException {
    if (status.isEmpty()) {
      // A script that does not exec has the program for a child, which nobody else would end.
      ProcessHandle.of(pid())
          .ifPresent(handle -> handle.descendants().forEach(ProcessHandle::destroyForcibly));
      process.send(Signal.KILL);
      status = Optional.of(process.awaitStatus());
    }
  }

  long pid() {
    return process.pid().orElseThrow();
  }

  byte[] answer() {
    return answer.toByteArray();
  }

  String output() {
    return output.text(Charset.defaultCharset());
  }

  /** Says how the child ended, for people. */
  String ending() {
    return status.map(Trial::words).orElse("has not ended");
  }

  private static String words(ExitStatus status) {
    return switch (status) {
      case ExitStatus.Exited exited -> "exited with status " + exited.code();
      case ExitStatus.Killed killed -> "was killed by " + killed.signal();
    };
  }

  @Override
  public void close() throws LinuxException {
    try {
      end();
    } finally {
      process.close();
      answers.close();
      outputs.close();
    }
  }
}
