// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.descriptor;

import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Slot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

  private static final Logger LOG = System.getLogger("dev.luo.core");

  /** What a number turned out to be. */
  private enum Verdict {
    UNSEEN,
    AS_CARRIED,
    /** Not open, or somebody else's: never to be closed here. */
    FOREIGN
  }

  private static final class Arrived {
    final SlotEntry entry;
    final Optional<Fd> fd;
    Verdict verdict = Verdict.UNSEEN;

    Arrived(SlotEntry entry, Optional<Fd> fd) {
      this.entry = entry;
      this.fd = fd;
    }

    /** Returns the descriptor if it is the one that was carried; looks at it once. */
    Optional<Fd> own() {
      if (verdict == Verdict.UNSEEN && fd.isPresent()) {
        verdict = isAsCarried(fd.get()) ? Verdict.AS_CARRIED : Verdict.FOREIGN;
      }
      return verdict == Verdict.AS_CARRIED ? fd : Optional.empty();
    }

    private boolean isAsCarried(Fd arrived) {
      try {
        return arrived.kind() == entry.kind() && arrived.identity().equals(entry.identity());
      } catch (LinuxException e) {
        LOG.log(Level.WARNING, "slot " + entry.slot() + " did not arrive", e);
        return false;
      }
    }

    /** Closes the descriptor, or leaves the number to whoever has it. */
    void drop() {
      if (own().isPresent()) {
        fd.ifPresent(Fd::close);
      } else if (fd.isPresent() && fd.get().isOpen()) {
        int _ = fd.get().release();
      }
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
    if (arrived.fd.isEmpty()) {
      return Optional.empty();
    }
    Optional<Fd> own = arrived.own();
    if (own.isEmpty()) {
      throw new CorruptRecordException(
          "slot %s arrived as %s, and %s, %s was carried"
              .formatted(
                  slot,
                  arrived.fd.get().describe(),
                  arrived.entry.kind(),
                  arrived.entry.identity()));
    }
    return own;
  }

  /** Closes what an owner carried. */
  public void drop(Owner owner) {
    Map<Slot, Arrived> its;
    synchronized (this) {
      its = byOwner.remove(owner);
    }
    if (its != null) {
      its.values().forEach(Arrived::drop);
    }
  }

  /** Closes what everybody carried and is still held. */
  public void dropAll() {
    List<Owner> owners;
    synchronized (this) {
      owners = List.copyOf(byOwner.keySet());
    }
    owners.forEach(this::drop);
  }

  /** Lists what is still held. */
  public synchronized List<Fd> held() {
    return byOwner.values().stream()
        .flatMap(its -> its.values().stream())
        .flatMap(arrived -> arrived.own().stream())
        .toList();
  }
}
