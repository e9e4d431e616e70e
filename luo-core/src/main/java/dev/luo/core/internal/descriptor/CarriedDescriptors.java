// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.descriptor;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.LinuxException;
import dev.luo.spi.CannotCarryException;
import dev.luo.spi.Crossing;
import dev.luo.spi.Slot;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The descriptors that will cross, by slot. Thread-safe. */
@Singleton
public final class CarriedDescriptors {

  /**
   * One of them.
   *
   * @param fd luo's own duplicate
   * @param owner the file or FLB it crosses with, compared by identity
   */
  public record Carried(Slot slot, Fd fd, FdKind kind, FileIdentity identity, Object owner) {}

  private final Map<Slot, Carried> bySlot = new TreeMap<>();
  private int last;

  @Inject
  CarriedDescriptors() {}

  /**
   * Duplicates a descriptor and gives it a slot. Slots are not used twice, so that a stale number
   * in a record can never mean another file.
   */
  public Slot carry(Fd fd, Object owner) throws CannotCarryException {
    Fd duplicate = null;
    boolean entered = false;
    try {
      duplicate = fd.duplicate();
      Slot slot = enter(duplicate, owner);
      entered = true;
      return slot;
    } catch (LinuxException e) {
      throw new CannotCarryException(
          "cannot carry " + fd.describe() + ": " + e.getMessage(), Crossing.EXEC, e.errno(), e);
    } finally {
      if (!entered && duplicate != null) {
        duplicate.close();
      }
    }
  }

  private Slot enter(Fd duplicate, Object owner) throws CannotCarryException, LinuxException {
    FdKind kind = duplicate.kind();
    FileIdentity identity = duplicate.identity();
    synchronized (this) {
      if (last == Integer.MAX_VALUE) {
        throw new CannotCarryException("slots are used up", Crossing.EXEC, Errno.ENOSPC, null);
      }
      Slot slot = new Slot(++last);
      bySlot.put(slot, new Carried(slot, duplicate, kind, identity, owner));
      return slot;
    }
  }

  /** Closes what was carried in these slots. */
  public void drop(Collection<Slot> slots) {
    List<Carried> dropped = new ArrayList<>(slots.size());
    synchronized (this) {
      for (Slot slot : slots) {
        Carried carried = bySlot.remove(slot);
        if (carried != null) {
          dropped.add(carried);
        }
      }
    }
    dropped.forEach(carried -> carried.fd().close());
  }

  /** Closes everything. */
  public void abandon() {
    all().forEach(carried -> carried.fd().close());
  }

  /** Lists what will cross, in the order of the slots. */
  public synchronized List<Carried> all() {
    return new ArrayList<>(bySlot.values());
  }
}
