// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.HeaderLayout.ROOT_CHECKSUM;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_DIRECTORY;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_DIRECTORY_CHECKSUM;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_EXTENSIONS;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_FIELDS_END;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_MONOTONIC;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_ORIGIN;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_PUBLICATION;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_REALTIME;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_RESERVED;
import static dev.luo.core.internal.image.HeaderLayout.ROOT_SLOT_SIZE;
import static dev.luo.core.internal.image.KernelLayout.ROOT_COMPATIBLE;
import static dev.luo.core.internal.image.KernelLayout.ROOT_COMPATIBLE_VALUE;
import static dev.luo.core.internal.image.KernelLayout.ROOT_FLBS_PA;
import static dev.luo.core.internal.image.KernelLayout.ROOT_LIVEUPDATE_NUM;
import static dev.luo.core.internal.image.KernelLayout.ROOT_SESSIONS_PA;

import dev.luo.core.ImageRefusedException;
import dev.luo.spi.Origin;
import java.lang.foreign.MemorySegment;

/**
 * The root of one image: the kernel's, and behind it what the kernel's has no room for. It names
 * the publication it belongs to, so that a wrong publish word finds no root that agrees with it.
 *
 * @param publication the publish word that leads here
 * @param generation the kernel's {@code liveupdate_num}
 * @param sessions address of the first session block, 0 if there are no sessions
 * @param flbs address of the FLB table, 0 if there is none
 * @param directory address of the extension directory
 * @param directoryChecksum CRC-32C of the directory's page
 * @param extensions how many entries the directory has
 * @param origin what a reader has to assume
 * @param stamp when the image was completed
 */
record RootSlot(
    long publication,
    long generation,
    long sessions,
    long flbs,
    long directory,
    int directoryChecksum,
    int extensions,
    Origin origin,
    Stamp stamp) {

  /** Writes the slot that the publication names. Nothing refers to it yet. */
  void store(MemorySegment memory, Page scratch) {
    scratch.clear();
    scratch.putU64(ROOT_COMPATIBLE, ROOT_COMPATIBLE_VALUE);
    scratch.putU64(ROOT_LIVEUPDATE_NUM, generation);
    scratch.putU64(ROOT_SESSIONS_PA, sessions);
    scratch.putU64(ROOT_FLBS_PA, flbs);
    scratch.putU64(ROOT_PUBLICATION, publication);
    scratch.putU32(ROOT_ORIGIN, Codes.of(origin));
    scratch.putU32(ROOT_EXTENSIONS, extensions);
    scratch.putU64(ROOT_DIRECTORY, directory);
    scratch.putU32(ROOT_DIRECTORY_CHECKSUM, directoryChecksum);
    scratch.putU64(ROOT_MONOTONIC, stamp.monotonicNanos());
    scratch.putU64(ROOT_REALTIME, stamp.realtimeNanos());
    scratch.putU32(ROOT_CHECKSUM, scratch.crc32c(0, ROOT_CHECKSUM));
    int at = HeaderLayout.rootSlot(HeaderWords.root(publication));
    scratch.store(memory, at, 0, ROOT_SLOT_SIZE);
  }

  /** Checks the slot that the publication names. Its addresses are not checked yet. */
  static RootSlot load(MemorySegment memory, long publication, Page scratch)
      throws ImageRefusedException {
    int index = HeaderWords.root(publication);
    scratch.load(memory, HeaderLayout.rootSlot(index), ROOT_SLOT_SIZE);
    if (scratch.crc32c(0, ROOT_CHECKSUM) != scratch.u32(ROOT_CHECKSUM)) {
      throw refuse(index, "the checksum is wrong");
    }
    if (scratch.u64(ROOT_COMPATIBLE) != ROOT_COMPATIBLE_VALUE) {
      throw refuse(
          index,
          "compatible is "
              + TextField.quoted(scratch, ROOT_COMPATIBLE, 8)
              + ", and \"luo-v5\" is the one that is understood");
    }
    if (scratch.u64(ROOT_PUBLICATION) != publication) {
      throw refuse(
          index,
          "belongs to publication "
              + Long.toUnsignedString(scratch.u64(ROOT_PUBLICATION))
              + ", and published is "
              + Long.toUnsignedString(publication));
    }
    Origin origin = Codes.origin(scratch.u32(ROOT_ORIGIN));
    if (origin == null) {
      throw refuse(index, "origin " + Integer.toUnsignedString(scratch.u32(ROOT_ORIGIN)));
    }
    if (!scratch.isZero(ROOT_RESERVED, ROOT_MONOTONIC)
        || !scratch.isZero(ROOT_FIELDS_END, ROOT_CHECKSUM)) {
      throw refuse(index, "reserved bytes are not zero");
    }
    return new RootSlot(
        publication,
        scratch.u64(ROOT_LIVEUPDATE_NUM),
        scratch.u64(ROOT_SESSIONS_PA),
        scratch.u64(ROOT_FLBS_PA),
        scratch.u64(ROOT_DIRECTORY),
        scratch.u32(ROOT_DIRECTORY_CHECKSUM),
        scratch.u32(ROOT_EXTENSIONS),
        origin,
        new Stamp(scratch.u64(ROOT_MONOTONIC), scratch.u64(ROOT_REALTIME)));
  }

  /** Makes a refusal that names this slot. */
  ImageRefusedException refuse(String message) {
    return refuse(HeaderWords.root(publication), message);
  }

  private static ImageRefusedException refuse(int index, String message) {
    return new ImageRefusedException(index == 0 ? "root A" : "root B", message);
  }
}
