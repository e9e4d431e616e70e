// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of an image as these tests need: nonce, generation, whether somebody has claimed it, and
 * the numbers of the carried descriptors.
 */
record FakeImage(long nonce, long generation, boolean claimed, List<Integer> carried) {
  private static final int MAX_BYTES = 64 << 10;

  /** Page 0 is that of a real image in which nothing is published. */
  private static final int START = 4096;

  /** Writes it to a new memfd. */
  Fd publish() throws LinuxException {
    Fd memfd = Memfd.create("luo-image");
    write(memfd);
    return memfd;
  }

  /** Marks what is written to a memfd as claimed. */
  static void claim(Fd memfd) throws IOException {
    FakeImage image = read(memfd);
    new FakeImage(image.nonce, image.generation, true, image.carried).write(memfd);
  }

  private void write(Fd memfd) throws LinuxException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_BYTES);
    bytes.putLong(nonce).putLong(generation).putInt(claimed ? 1 : 0).putInt(carried.size());
    carried.forEach(bytes::putInt);
    FileIo.pwriteFully(memfd, MemorySegment.ofBuffer(bytes.flip()), START);
  }

  static FakeImage read(Fd memfd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(FileIo.size(memfd) - START);
      FileIo.preadFully(memfd, memory, START);
      ByteBuffer bytes = memory.asByteBuffer();
      long nonce = bytes.getLong();
      long generation = bytes.getLong();
      boolean claimed = bytes.getInt() != 0;
      int count = bytes.getInt();
      List<Integer> carried = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        carried.add(bytes.getInt());
      }
      return new FakeImage(nonce, generation, claimed, carried);
    }
  }
}
