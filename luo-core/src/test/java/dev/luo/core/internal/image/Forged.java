// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.ImageRefusedException;
import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.lang.foreign.MemorySegment;

/**
 * Images whose checksums are right and whose content is not: what only a fault of a writer
 * explains.
 */
final class Forged {

  static final long MEMORY_SIZE = 0x5_0000;

  /** Memory that the image of everything does not use. */
  static final long UNUSED = 0x3_0000;

  private Forged() {}

  /** Returns an image that is in order, to be changed. */
  static Forgery of(ImageContent content) throws LuoException {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format().publish(content);
    return new Forgery(memory);
  }

  static void assertRefused(MemorySegment memory, String where, String what) {
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> ImageReader.read(memory))
        .satisfies(e -> {
          assertThat(e.where()).isEqualTo(where);
          assertThat(e).hasMessageContaining(where).hasMessageContaining(what);
          assertThat(e.errno()).isEqualTo(Errno.EINVAL);
          assertThat(e.recovery()).isEqualTo(Recovery.START_COLD);
        });
  }
}
