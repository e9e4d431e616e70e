// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.image;

import dev.luo.core.ImageAbi;
import dev.luo.core.Importance;
import dev.luo.core.internal.image.ExtentEntry;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.FlbEntry;
import dev.luo.core.internal.image.ImageContent;
import dev.luo.core.internal.image.ImageIdentity;
import dev.luo.core.internal.image.ImageWriter;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.PhaseEntry;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.core.internal.image.Stamp;
import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Images as luo writes them, small enough to be read some ten thousand times a second. */
public final class BaseImages {

  /** What all have in page 0. */
  public static final ImageIdentity IDENTITY =
      new ImageIdentity(
          0x0123_4567_89ab_cdefL, 7, UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));

  /** The compatible string of the files that a handler knows. */
  public static final Compatible FILE = Compatible.of("ring-v2");

  /** The compatible string of the FLB that this handler depends on. */
  public static final Compatible FLB = Compatible.of("pool-v1");

  /** Under which number the descriptor in slot 1 arrives. */
  public static final int CARRIED = 900;

  private static final long PAGE = 4096;

  /** Allocations lie behind the image. */
  private static final long RECORDS = 16 * PAGE;

  private static final Stamp STAMP = new Stamp(1_000_000_001L, 1_700_000_000_000_000_002L);

  private BaseImages() {}

  /**
   * Writes the images.
   *
   * @param carried what the carried descriptor refers to
   */
  public static List<byte[]> all(FileIdentity carried) throws LuoException {
    return List.of(
        written(everything(carried), ImageAbi.LUO_V5, PAGE, RECORDS + 2 * PAGE),
        written(chains(), ImageAbi.LUO_V5, PAGE, RECORDS),
        written(
            content(List.of(), List.of(), List.of(), List.of()), ImageAbi.LUO_V5, PAGE, 5 * PAGE),
        // Its areas of a fixed size do not fit in front of the allocations.
        written(everything(carried), ImageAbi.LUO_V1, RECORDS + 2 * PAGE, RECORDS + 32 * PAGE));
  }

  /** A session with two files, an FLB, and something in every extension. */
  private static ImageContent everything(FileIdentity carried) {
    List<SessionEntry> sessions =
        List.of(
            new SessionEntry(
                "vm-42",
                List.of(
                    file(RECORDS, 1),
                    new FileEntry(FILE, Handle.NONE, Token.of(-1), false, Importance.OPTIONAL))),
            new SessionEntry("Größe €", List.of(file(RECORDS + PAGE, 0))),
            new SessionEntry("leer", List.of()));
    List<FlbEntry> flbs =
        List.of(
            new FlbEntry(FLB, Handle.of(RECORDS + 0x80), 3),
            new FlbEntry(Compatible.of("iommu-v1"), Handle.of(5), 1));
    List<SlotEntry> slots =
        List.of(
            new SlotEntry(new Slot(1), new Owner.OfFile(0, 0), CARRIED, FdKind.MEMFD, carried),
            new SlotEntry(
                new Slot(9),
                new Owner.OfFlb(1),
                SlotEntry.TOLD_OTHERWISE,
                FdKind.SOCKET,
                new FileIdentity(8, 15)));
    List<ExtentEntry> extents =
        List.of(
            extent(RECORDS, 8, new Owner.OfFile(0, 0)),
            extent(RECORDS + 0x80, 8, new Owner.OfFlb(0)),
            extent(RECORDS + PAGE, 64, new Owner.OfFile(1, 0)),
            new ExtentEntry(
                Handle.of(RECORDS + PAGE + 0x80), 100, Integrity.UNCHECKED, new Owner.OfImage()));
    return content(sessions, flbs, slots, extents);
  }

  /** More sessions than a block takes, and more files than a block takes. */
  private static ImageContent chains() {
    List<FileEntry> files = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      files.add(file(i, i));
    }
    List<SessionEntry> sessions = new ArrayList<>();
    for (int i = 0; i < 52; i++) {
      sessions.add(new SessionEntry("session-" + i, i == 3 ? files : List.of()));
    }
    return content(sessions, List.of(), List.of(), List.of());
  }

  private static FileEntry file(long handle, long token) {
    return new FileEntry(FILE, Handle.of(handle), Token.of(token), true, Importance.MANDATORY);
  }

  private static ExtentEntry extent(long offset, long byteSize, Owner owner) {
    return new ExtentEntry(Handle.of(offset), byteSize, Integrity.CHECKED, owner);
  }

  private static ImageContent content(
      List<SessionEntry> sessions,
      List<FlbEntry> flbs,
      List<SlotEntry> slots,
      List<ExtentEntry> extents) {
    return new ImageContent(
        Origin.HANDOVER,
        STAMP,
        sessions,
        flbs,
        slots,
        extents,
        List.of(new PhaseEntry("freeze", 15, 10)));
  }

  private static byte[] written(ImageContent content, ImageAbi abi, long firstPage, long byteSize)
      throws LuoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(byteSize, PAGE);
      for (ExtentEntry extent : content.extents()) {
        // The record of a file names its slot.
        memory.set(ValueLayout.JAVA_BYTE, extent.handle().value(), (byte) 1);
      }
      ImageWriter.format(memory, new PagesFrom(firstPage, byteSize), IDENTITY, abi)
          .publish(content);
      return memory.toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
