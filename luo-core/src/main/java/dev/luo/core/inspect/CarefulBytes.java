// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.inspect;

import dev.luo.core.internal.image.ImageBytes;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Bytes that may go away while they are read: a file that is cut, a mapping of such a file, memory
 * that is given back. What cannot be read is zero, and it is remembered that there was such.
 */
final class CarefulBytes implements ImageBytes {

  /** Somewhere to read from. */
  private interface Source {
    void copyTo(MemorySegment target, long offset, long byteSize) throws IOException;
  }

  private final Source source;
  private final long byteSize;
  private long failedAt;
  private String failure = "";

  private CarefulBytes(Source source, long byteSize) {
    this.source = source;
    this.byteSize = byteSize;
  }

  /** Reads memory. */
  static CarefulBytes of(MemorySegment memory) {
    return new CarefulBytes(
        (target, offset, size) -> MemorySegment.copy(memory, offset, target, 0, size),
        memory.byteSize());
  }

  /**
   * Reads a descriptor, without moving its position.
   *
   * @param arena for a buffer
   */
  static CarefulBytes of(Fd file, Arena arena) throws IOException {
    MemorySegment buffer = arena.allocate(1 << 16);
    return new CarefulBytes(
        (target, offset, size) -> {
          MemorySegment part = buffer.asSlice(0, size);
          FileIo.preadFully(file, part, offset);
          target.copyFrom(part);
        },
        FileIo.size(file));
  }

  /** Reads a file. */
  static CarefulBytes of(FileChannel file) throws IOException {
    return new CarefulBytes(
        (target, offset, size) -> {
          ByteBuffer part = target.asSlice(0, size).asByteBuffer();
          while (part.hasRemaining()) {
            if (file.read(part, offset + part.position()) < 0) {
              throw new EOFException("the file ends there");
            }
          }
        },
        file.size());
  }

  @Override
  public long byteSize() {
    return byteSize;
  }

  @Override
  public void copyTo(MemorySegment target, long offset, long size) {
    try {
      source.copyTo(target, offset, size);
    } catch (IOException | RuntimeException | InternalError e) {
      // The last of these is how the virtual machine tells of a mapping that has lost its file.
      target.asSlice(0, size).fill((byte) 0);
      if (failure.isEmpty()) {
        failure = "cannot be read: " + e.getMessage();
        failedAt = offset;
      }
    }
  }

  /** Returns what kept bytes from being read, if anything did. */
  Optional<Finding> failure() {
    return failure.isEmpty()
        ? Optional.empty()
        : Optional.of(new Finding(Severity.ERROR, failedAt, "file", "bytes", failure));
  }
}
