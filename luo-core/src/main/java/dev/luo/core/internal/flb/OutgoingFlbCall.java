// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.internal.descriptor.Call;
import dev.luo.core.internal.descriptor.CarriedDescriptors;
import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.Deadline;
import dev.luo.spi.FlbOutgoing;
import dev.luo.spi.HandoverMemory;
import dev.luo.spi.LuoException;
import dev.luo.spi.Slot;
import java.util.Set;

/** The context of one call to an FLB in the predecessor. */
final class OutgoingFlbCall extends Call implements FlbOutgoing {

  private final OutgoingFlb<?> state;
  private final CarriedDescriptors carried;
  private final Set<Crossing> crossings;
  private final boolean mayTake;

  /**
   * Begins it.
   *
   * @param mayTake whether something new may be taken, as nothing is being undone
   */
  OutgoingFlbCall(
      OutgoingFlb<?> state,
      CarriedDescriptors carried,
      Set<Crossing> crossings,
      boolean mayTake,
      Deadline deadline) {
    super(deadline);
    this.state = state;
    this.carried = carried;
    this.crossings = crossings;
    this.mayTake = mayTake;
  }

  @Override
  public Compatible compatible() {
    return state.flb.compatible();
  }

  @Override
  public HandoverMemory memory() {
    check();
    return state.memory;
  }

  @Override
  public Set<Crossing> crossings() {
    return crossings;
  }

  @Override
  public Slot carry(Fd fd) throws LuoException {
    check();
    if (!mayTake) {
      throw new IllegalStateException("nothing new is taken while a step is undone");
    }
    Slot slot = carried.carry(fd, state);
    state.slots.add(slot);
    return slot;
  }
}
