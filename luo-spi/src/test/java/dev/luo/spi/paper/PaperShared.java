// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Fd;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FlbIncoming;
import dev.luo.spi.FlbOutgoing;
import dev.luo.spi.Handle;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.IncomingMemory;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Slot;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** Carries one shared state, which carries no descriptors, from one side to the other. */
final class PaperShared<T> {

  private final FileLifecycleBound<T> flb;
  private final PaperMemory memory;
  private final FileLifecycleBound.Shared<T> shared;

  private PaperShared(
      FileLifecycleBound<T> flb, PaperMemory memory, FileLifecycleBound.Shared<T> shared) {
    this.flb = flb;
    this.memory = memory;
    this.shared = shared;
  }

  static <T> PaperShared<T> preserve(FileLifecycleBound<T> flb, PaperMemory memory)
      throws LuoException, IOException {
    return new PaperShared<>(flb, memory, flb.preserve(new Outgoing(flb.compatible(), memory)));
  }

  /** Returns what the predecessor uses. */
  T live() {
    return shared.live();
  }

  /** Returns what a successor makes of the bytes as they are now. */
  T retrieve() throws LuoException, IOException {
    IncomingMemory crossed = PaperMemory.incoming(memory.copy());
    return flb.retrieve(new Incoming(flb.compatible(), shared.handle(), crossed));
  }

  private static Deadline aMinute() {
    return Deadline.after(Duration.ofMinutes(1));
  }

  private record Outgoing(Compatible compatible, HandoverMemory memory) implements FlbOutgoing {
    @Override
    public Deadline deadline() {
      return aMinute();
    }

    @Override
    public Set<Crossing> crossings() {
      return Set.of(Crossing.EXEC);
    }

    @Override
    public Slot carry(Fd fd) {
      throw new UnsupportedOperationException("no descriptors here: " + fd);
    }
  }

  private record Incoming(Compatible compatible, Handle handle, IncomingMemory memory)
      implements FlbIncoming {
    @Override
    public Deadline deadline() {
      return aMinute();
    }

    @Override
    public Origin origin() {
      return Origin.HANDOVER;
    }

    @Override
    public Boundary boundary() {
      return Boundary.PROCESS;
    }

    @Override
    public Fd borrow(Slot slot) throws LuoException {
      throw new CorruptRecordException("no descriptor was carried as slot " + slot);
    }
  }
}
