// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.Errno;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Recovery;

/** Compares what arrived with what was written down. */
final class Checks {
  private Checks() {}

  /** The slot must lead to the memory that was preserved, and to no other. */
  static void sameMemory(MemfdRecord record, FileIdentity found) throws CorruptRecordException {
    if (!record.identity().equals(found)) {
      throw new CorruptRecordException(
          "slot " + record.slot() + " holds " + found + ", and the memory is " + record.identity());
    }
  }

  /** Nobody can change page size and access mode, so they must be those of the record. */
  static void unalterable(MemfdRecord record, MemfdState found) throws CorruptRecordException {
    if (record.hugePageSize() != 0 && record.hugePageSize() != found.blockSize()) {
      throw new CorruptRecordException(
          "huge pages of "
              + found.blockSize()
              + " bytes, and the record says "
              + record.hugePageSize());
    }
    if (!record.hasAccessModeOf(found.statusFlags())) {
      throw new CorruptRecordException(
          "memory opened " + found.statusFlags() + ", and the record says " + record.statusFlags());
    }
  }

  /** Seals cannot be taken off, so all of the record must be there, and more may. */
  static void sealed(SealSet recorded, SealSet found) throws HandlerException {
    if (!found.containsAll(recorded)) {
      throw new HandlerException(
          "memory sealed with " + found + ", and the record says " + recorded,
          Errno.EPERM,
          Recovery.START_COLD);
    }
  }

  /** The workload may have resized the memory, unless a seal forbids it. */
  static void withinSeals(FrozenPart frozen, MemfdState found) throws HandlerException {
    boolean grown = found.byteSize() > frozen.byteSize();
    boolean shrunk = found.byteSize() < frozen.byteSize();
    if ((grown && frozen.seals().contains(Seal.GROW))
        || (shrunk && frozen.seals().contains(Seal.SHRINK))) {
      throw new HandlerException(
          "memory of "
              + found.byteSize()
              + " bytes, and the record says "
              + frozen.byteSize()
              + " and "
              + frozen.seals(),
          Errno.EIO,
          Recovery.START_COLD);
    }
  }

  /**
   * Says what changed between freeze and retrieve, when nobody should have run; empty if nothing
   * did.
   */
  static String deviation(FrozenPart frozen, Arrival found) {
    if (frozen.byteSize() != found.byteSize()) {
      return "somebody resized the memory after the freeze, from "
          + frozen.byteSize()
          + " to "
          + found.byteSize()
          + " bytes";
    }
    if (frozen.position() != found.position()) {
      return "somebody moved the position after the freeze, from "
          + frozen.position()
          + " to "
          + found.position();
    }
    return "";
  }
}
