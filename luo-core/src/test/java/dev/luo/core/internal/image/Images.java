// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.Importance.MANDATORY;
import static dev.luo.core.Importance.OPTIONAL;

import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import dev.luo.spi.Origin;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.List;

/** Contents for tests. */
final class Images {

  static final Stamp STAMP = new Stamp(1_000_000_001L, 1_700_000_000_000_000_002L);

  static final Compatible MEMFD = Compatible.of("memfd-user-v1");

  private Images() {}

  static ImageContent ofSessions(List<SessionEntry> sessions) {
    return new ImageContent(
        Origin.HANDOVER, STAMP, sessions, List.of(), List.of(), List.of(), List.of());
  }

  static ImageContent empty() {
    return ofSessions(List.of());
  }

  /** Makes sessions without files. */
  static List<SessionEntry> sessions(int count) {
    List<SessionEntry> sessions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sessions.add(new SessionEntry("session-" + i, List.of()));
    }
    return sessions;
  }

  /** Makes files with tokens from 0 on. */
  static List<FileEntry> files(int count) {
    List<FileEntry> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      files.add(new FileEntry(MEMFD, Handle.of(0x1_0000L + i), Token.of(i), true, MANDATORY));
    }
    return files;
  }

  /**
   * Makes something of everything. Its extents are at 0x40000 and above, so its memory has at least
   * 0x50000 bytes.
   */
  static ImageContent ofEverything() {
    return new ImageContent(
        Origin.CRASH,
        STAMP,
        List.of(
            new SessionEntry(
                "vm-42",
                List.of(
                    new FileEntry(MEMFD, Handle.of(0x4_0000), Token.of(1), true, MANDATORY),
                    new FileEntry(
                        Compatible.of("ring-v2"), Handle.NONE, Token.of(-1), false, OPTIONAL))),
            new SessionEntry("leer", List.of()),
            new SessionEntry(
                "Größe €",
                List.of(new FileEntry(MEMFD, Handle.of(-1), Token.of(0), false, MANDATORY)))),
        List.of(
            new FlbEntry(Compatible.of("iommu-v1"), Handle.of(0x4_0080), 3),
            new FlbEntry(Compatible.of("pool-v9"), Handle.of(5), 1)),
        List.of(
            new SlotEntry(
                new Slot(1), new Owner.OfFile(0, 1), 17, FdKind.MEMFD, new FileIdentity(1, 4711)),
            new SlotEntry(
                new Slot(9),
                new Owner.OfFlb(1),
                SlotEntry.TOLD_OTHERWISE,
                FdKind.UNKNOWN,
                new FileIdentity(0, 0)),
            new SlotEntry(
                new Slot(Integer.MAX_VALUE),
                new Owner.OfImage(),
                0,
                FdKind.SOCKET,
                new FileIdentity(8, 15))),
        List.of(
            new ExtentEntry(Handle.of(0x4_0000), 100, Integrity.CHECKED, new Owner.OfFile(0, 0)),
            new ExtentEntry(Handle.of(0x4_0080), 1, Integrity.CHECKED, new Owner.OfFlb(0)),
            new ExtentEntry(Handle.of(0x4_1000), 5000, Integrity.CHECKED, new Owner.OfFile(2, 0)),
            new ExtentEntry(Handle.of(0x4_4000), 0x8000, Integrity.UNCHECKED, new Owner.OfImage())),
        List.of(new PhaseEntry("quiesce", 5, 10), new PhaseEntry("freeze", 15, 0)));
  }
}
