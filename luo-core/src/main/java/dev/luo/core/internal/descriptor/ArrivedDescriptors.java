// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.descriptor;

import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Slot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The carried descriptors as they arrived, by owner and slot. Each is compared with what the
 * predecessor carried when it is first asked for, since the number alone proves nothing.
 * Thread-safe.
 */
public final class ArrivedDescriptors {

  private static final class Arrived {
    final SlotEntry entry;
    final Optional<Fd> fd;
    boolean compared;

    Arrived(SlotEntry entry, Optional<Fd> fd) {
      this.entry = entry;
      this.fd = fd;
    }
  }

  private final Map<Owner, Map<Slot, Arrived>> byOwner = new HashMap<>();

  /**
   * Takes them over.
   *
   * @param source gives the descriptor of a slot, which belongs to this object from then on; empty
   *     where the crossing could not bring it
   */
  public ArrivedDescriptors(Collection<SlotEntry> slots, Function<SlotEntry, Optional<Fd>> source) {
    for (SlotEntry slot : slots) {
      byOwner
          .computeIfAbsent(slot.owner(), owner -> new HashMap<>(2))
          .put(slot.slot(), new Arrived(slot, source.apply(slot)));
    }
  }

  /**
   * Finds a descriptor; it stays this object's.
   *
   * @throws CorruptRecordException if the owner carried no such slot, or if what arrived is
   *     something else
   */
  public synchronized Optional<Fd> find(Slot slot, Owner owner) throws CorruptRecordException {
    Arrived arrived = byOwner.getOrDefault(owner, Map.of()).get(slot);
    if (arrived == null) {
      throw new CorruptRecordException("slot " + slot + " was not carried by " + owner);
    }
    if (!arrived.compared && arrived.fd.isPresent()) {
      compare(arrived.entry, arrived.fd.get());
      arrived.compared = true;
    }
    return arrived.fd;
  }

  private static void compare(SlotEntry entry, Fd fd) throws CorruptRecordException {
    boolean same;
    try {
      same = fd.kind() == entry.kind() && fd.identity().equals(entry.identity());
    } catch (LinuxException e) {
      throw new CorruptRecordException(
          "slot " + entry.slot() + " did not arrive: " + e.getMessage(), e);
    }
    if (!same) {
      throw new CorruptRecordException(
          "slot %s arrived as %s, and %s, %s was carried"
              .formatted(entry.slot(), fd.describe(), entry.kind(), entry.identity()));
    }
  }

  /** Closes what an owner carried. */
  public void drop(Owner owner) {
    Map<Slot, Arrived> its;
    synchronized (this) {
      its = byOwner.remove(owner);
    }
    if (its != null) {
      its.values().forEach(arrived -> arrived.fd.ifPresent(Fd::close));
    }
  }

  /** Lists what is still held. */
  public synchronized List<Fd> held() {
    return byOwner.values().stream()
        .flatMap(its -> its.values().stream())
        .flatMap(arrived -> arrived.fd.stream())
        .toList();
  }
}
