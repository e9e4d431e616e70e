// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.internal.callback.CallTime;
import dev.luo.core.internal.descriptor.Call;
import dev.luo.core.internal.flb.IncomingFlbs.Surroundings;
import dev.luo.core.internal.image.FlbEntry;
import dev.luo.core.internal.image.Owner;
import dev.luo.linux.Fd;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Deadline;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FlbIncoming;
import dev.luo.spi.Handle;
import dev.luo.spi.IncomingMemory;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Slot;

/** The context of one call to an FLB in the successor. */
final class IncomingFlbCall extends Call implements FlbIncoming {

  private final FlbEntry entry;
  private final Owner.OfFlb owner;
  private final Surroundings surroundings;

  IncomingFlbCall(
      FileLifecycleBound<?> flb, FlbEntry entry, Owner.OfFlb owner, Surroundings surroundings) {
    super(Deadline.after(CallTime.limit(surroundings.options(), flb.compatible())));
    this.entry = entry;
    this.owner = owner;
    this.surroundings = surroundings;
  }

  @Override
  public Compatible compatible() {
    return entry.compatible();
  }

  @Override
  public Handle handle() {
    return entry.handle();
  }

  @Override
  public IncomingMemory memory() {
    check();
    return wanted -> surroundings.image().map(wanted, owner);
  }

  @Override
  public Origin origin() {
    return surroundings.origin();
  }

  @Override
  public Boundary boundary() {
    return surroundings.boundary();
  }

  @Override
  public Fd borrow(Slot slot) throws LuoException {
    check();
    Fd original =
        surroundings
            .descriptors()
            .find(slot, owner)
            .orElseThrow(() ->
                new CorruptRecordException("slot " + slot + " did not cross with " + compatible()));
    return lend(original);
  }
}
