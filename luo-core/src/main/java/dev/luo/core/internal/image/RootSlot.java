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
import static dev.luo.core.internal.image.KernelLayout.ROOT_FLBS_PA;
import static dev.luo.core.internal.image.KernelLayout.ROOT_LIVEUPDATE_NUM;
import static dev.luo.core.internal.image.KernelLayout.ROOT_SESSIONS_PA;

import dev.luo.core.ImageRefusedException;
import dev.luo.spi.Origin;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The root of one image: the kernel's, and behind it what the kernel's has no room for. It names
 * the publication it belongs to, so that a wrong publish word finds no root that agrees with it.
 *
 * @param form of the kernel's part; null if the root has a name that is not known
 * @param publication the publish word that leads here
 * @param generation the kernel's {@code liveupdate_num}
 * @param entry where the kernel's part begins: the first session block, 0 if there are no sessions;
 *     or the page of the tree
 * @param flbs address of the FLB table, 0 if there is none; 0 also if the tree leads to it
 * @param directory address of the extension directory
 * @param directoryChecksum CRC-32C of the directory's page
 * @param extensions how many entries the directory has
 * @param origin what a reader has to assume
 * @param stamp when the image was completed
 */
record RootSlot(
    @Nullable KernelForm form,
    long publication,
    long generation,
    long entry,
    long flbs,
    long directory,
    int directoryChecksum,
    int extensions,
    Origin origin,
    Stamp stamp) {

  /** Writes the slot that the publication names. Nothing refers to it yet. */
  void store(MemorySegment memory, Page scratch) {
    scratch.clear();
    scratch.putU64(ROOT_COMPATIBLE, Objects.requireNonNull(form).compatible());
    scratch.putU64(ROOT_LIVEUPDATE_NUM, generation);
    scratch.putU64(ROOT_SESSIONS_PA, entry);
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

  /** Names a slot, for messages. */
  static Place place(int index) {
    return Place.of(index == 0 ? "root A" : "root B", HeaderLayout.rootSlot(index));
  }

  /** Tells whether a slot holds a root, and its checksum is right. */
  static boolean isWhole(ImageBytes bytes, int index, Page scratch) {
    scratch.load(bytes, HeaderLayout.rootSlot(index), ROOT_SLOT_SIZE);
    return scratch.u64(ROOT_PUBLICATION) != 0
        && scratch.crc32c(0, ROOT_CHECKSUM) == scratch.u32(ROOT_CHECKSUM);
  }

  /**
   * Checks a slot. Its addresses are not checked yet.
   *
   * @param publication what the publish word says
   * @param generation what the header says
   */
  static RootSlot load(
      ImageBytes bytes,
      int index,
      long publication,
      long generation,
      Page scratch,
      Findings findings)
      throws ImageRefusedException {
    scratch.load(bytes, HeaderLayout.rootSlot(index), ROOT_SLOT_SIZE);
    Place place = place(index);
    if (scratch.crc32c(0, ROOT_CHECKSUM) != scratch.u32(ROOT_CHECKSUM)) {
      findings.error(place, ROOT_CHECKSUM, "checksum", "the checksum is wrong");
    }
    KernelForm form = KernelForm.of(scratch.u64(ROOT_COMPATIBLE));
    if (form == null) {
      findings.error(
          place,
          ROOT_COMPATIBLE,
          "compatible",
          "compatible is "
              + TextField.quoted(scratch, ROOT_COMPATIBLE, 8)
              + ", and \"luo-v5\" and \"luo-v1\" are those that are understood");
    }
    if (scratch.u64(ROOT_PUBLICATION) != publication) {
      findings.error(
          place,
          ROOT_PUBLICATION,
          "publication",
          "belongs to publication "
              + Long.toUnsignedString(scratch.u64(ROOT_PUBLICATION))
              + ", and published is "
              + Long.toUnsignedString(publication));
    }
    if (Codes.origin(scratch.u32(ROOT_ORIGIN)) == null) {
      findings.error(
          place,
          ROOT_ORIGIN,
          "origin",
          "origin " + Integer.toUnsignedString(scratch.u32(ROOT_ORIGIN)));
    }
    if (!scratch.isZero(ROOT_RESERVED, ROOT_MONOTONIC)
        || !scratch.isZero(ROOT_FIELDS_END, ROOT_CHECKSUM)
        || (form == KernelForm.TREE && scratch.u64(ROOT_FLBS_PA) != 0)) {
      findings.error(place, ROOT_RESERVED, "reserved", "reserved bytes are not zero");
    }
    if (scratch.u64(ROOT_LIVEUPDATE_NUM) != generation) {
      findings.error(
          place,
          ROOT_LIVEUPDATE_NUM,
          "liveupdate_num",
          "generation "
              + Long.toUnsignedString(scratch.u64(ROOT_LIVEUPDATE_NUM))
              + ", and the header has "
              + Long.toUnsignedString(generation));
    }
    return peek(scratch);
  }

  /** Takes a slot as it stands in a page, right or wrong. */
  static RootSlot peek(Page slot) {
    Origin origin = Codes.origin(slot.u32(ROOT_ORIGIN));
    return new RootSlot(
        KernelForm.of(slot.u64(ROOT_COMPATIBLE)),
        slot.u64(ROOT_PUBLICATION),
        slot.u64(ROOT_LIVEUPDATE_NUM),
        slot.u64(ROOT_SESSIONS_PA),
        slot.u64(ROOT_FLBS_PA),
        slot.u64(ROOT_DIRECTORY),
        slot.u32(ROOT_DIRECTORY_CHECKSUM),
        slot.u32(ROOT_EXTENSIONS),
        origin == null ? Origin.CRASH : origin,
        new Stamp(slot.u64(ROOT_MONOTONIC), slot.u64(ROOT_REALTIME)));
  }
}
