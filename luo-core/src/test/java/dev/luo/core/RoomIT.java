// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Open;
import dev.luo.linux.ResourceLimit;
import dev.luo.linux.ResourceLimit.Resource;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.Handle;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.Token;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** As many files in a session as the image has room for, where a process may have that many. */
@NoDescriptorLeaks
class RoomIT {

  private static final int FILES = 630_000;
  private static final long DESCRIPTORS = 640_000;

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void fil19_fil04_fil02_aFullSessionSaysSoEvenForABadDescriptorButATokenInUseFirst()
      throws Exception {
    ResourceLimit before = ResourceLimit.get(Resource.DESCRIPTORS);
    Facilities.require("many-descriptors", isRaised(before), "a process may have " + before);
    try (LiveUpdate luo = TwoStages.open(new DescriptionHandler(asked));
        OutgoingSession session = luo.createSession("s");
        Fd closed = Fd.adopt(1 << 20)) {
      for (int i = 0; i < FILES; i++) {
        try (Fd file = Open.file("/dev/null")) {
          session.preserve(Token.of(i), file);
        }
      }
      assertThat(asked).hasValue(FILES);

      assertThatExceptionOfType(SessionFullException.class)
          .isThrownBy(() -> session.preserve(Token.of(-1), closed))
          .satisfies(e -> {
            assertThat(e.errno()).isEqualTo(Errno.ENOSPC);
            assertThat(e.session()).isEqualTo("s");
            assertThat(e.limit()).isEqualTo(FILES);
          });
      assertThatExceptionOfType(TokenInUseException.class)
          .isThrownBy(() -> session.preserve(Token.of(7), closed));
      assertThat(asked).hasValue(FILES);
      int _ = closed.release();

      session.unpreserve(Token.of(7));
      try (Fd file = Open.file("/dev/null")) {
        session.preserve(Token.of(-1), file);
      }
    } finally {
      ResourceLimit.set(Resource.DESCRIPTORS, before);
    }
  }

  /** Only a process with the right to may have that many, and only if the system allows it. */
  private static boolean isRaised(ResourceLimit before) {
    long hard = Long.compareUnsigned(before.hard(), DESCRIPTORS) < 0 ? DESCRIPTORS : before.hard();
    try {
      ResourceLimit.set(Resource.DESCRIPTORS, new ResourceLimit(DESCRIPTORS, hard));
      return true;
    } catch (LinuxException e) {
      return false;
    }
  }

  /** Takes every open file as a thing of its own, and carries nothing. */
  private record DescriptionHandler(AtomicInteger preserved) implements FileHandler<String> {
    @Override
    public Compatible compatible() {
      return Compatible.of("description-v1");
    }

    @Override
    public IdentityScope identityScope() {
      return IdentityScope.OPEN_FILE;
    }

    @Override
    public boolean canPreserve(Fd file) {
      return true;
    }

    @Override
    public Preserved<String> preserve(OutgoingContext context) {
      preserved.incrementAndGet();
      return new Preserved<>(Handle.NONE, "");
    }

    @Override
    public void unpreserve(PreservedContext<String> context) {}

    @Override
    public Restored retrieve(IncomingContext context) {
      throw new AssertionError("nothing crosses");
    }

    @Override
    public void finish(FinishContext context) {}
  }
}
