// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.Importance.MANDATORY;
import static dev.luo.core.Importance.OPTIONAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import dev.luo.spi.Origin;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRoundTripTest {

  private static final List<Origin> ORIGINS = List.of(Origin.values());

  private static final List<FdKind> KINDS = List.of(FdKind.values());

  private static final long MEMORY_SIZE = 0x40_0000;

  /** Where the allocations of random images lie; the images themselves lie before. */
  private static final long EXTENTS = 0x20_0000;

  private static Image roundTrip(ImageContent content) throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format().publish(content);
    return ImageReader.read(memory.segment().asReadOnly());
  }

  @Test
  void read_everything() throws Exception {
    Image image = roundTrip(Images.ofEverything());

    assertThat(image.content()).isEqualTo(Images.ofEverything());
    assertThat(image.identity()).isEqualTo(TestMemory.IDENTITY);
    assertThat(image.epoch()).isEqualTo(1);
    assertThat(image.warnings()).isEmpty();
  }

  @Test
  void ser21_read_withoutSessions() throws Exception {
    assertThat(roundTrip(Images.empty()).content()).isEqualTo(Images.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 51, 52, 102, 120, 2000})
  void ser20_read_emptySessionsInOrder(int count) throws Exception {
    ImageContent content = Images.ofSessions(Images.sessions(count));

    assertThat(roundTrip(content).content()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 62, 63, 64, 126, 500, 5000})
  void ser19_read_filesInOrder(int count) throws Exception {
    ImageContent content =
        Images.ofSessions(
            List.of(
                new SessionEntry("before", List.of()),
                new SessionEntry("with files", Images.files(count)),
                new SessionEntry("after", Images.files(1))));

    assertThat(roundTrip(content).content()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 62, 63})
  void flb20_read_flbsInOrder(int count) throws Exception {
    List<FlbEntry> flbs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      flbs.add(new FlbEntry(Compatible.of("flb-" + i), Handle.of(-i), Long.MAX_VALUE - i));
    }
    ImageContent content =
        new ImageContent(
            Origin.HANDOVER, Images.STAMP, List.of(), flbs, List.of(), List.of(), List.of());

    assertThat(roundTrip(content).content()).isEqualTo(content);
  }

  @Test
  void flb07_content_refusesTheSixtyFourthFlb() {
    FlbEntry flb = new FlbEntry(Compatible.of("x"), Handle.NONE, 1);
    List<FlbEntry> flbs = Collections.nCopies(64, flb);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            new ImageContent(
                Origin.HANDOVER, Images.STAMP, List.of(), flbs, List.of(), List.of(), List.of()));
  }

  @ParameterizedTest
  @EnumSource(Origin.class)
  void read_origin(Origin origin) throws Exception {
    ImageContent content =
        new ImageContent(
            origin, Images.STAMP, List.of(), List.of(), List.of(), List.of(), List.of());

    assertThat(roundTrip(content).content().origin()).isEqualTo(origin);
  }

  @ParameterizedTest
  @EnumSource(FdKind.class)
  void read_kindOfDescriptor(FdKind kind) throws Exception {
    SlotEntry slot =
        new SlotEntry(new Slot(1), new Owner.OfImage(), 3, kind, new FileIdentity(-1, -1));
    ImageContent content =
        new ImageContent(
            Origin.HANDOVER,
            Images.STAMP,
            List.of(),
            List.of(),
            List.of(slot),
            List.of(),
            List.of());

    assertThat(roundTrip(content).content().slots()).containsExactly(slot);
  }

  @Test
  void ses04_read_longestNames() throws Exception {
    ImageContent content =
        new ImageContent(
            Origin.HANDOVER,
            Images.STAMP,
            List.of(
                new SessionEntry(
                    "n".repeat(63),
                    List.of(
                        new FileEntry(
                            Compatible.of("c".repeat(47)),
                            Handle.NONE,
                            Token.of(0),
                            true,
                            MANDATORY))),
                // 21 characters of three bytes each.
                new SessionEntry("€".repeat(21), List.of()),
                // A character of four bytes, and everything else that is not NUL.
                new SessionEntry("\ud83d\ude80\u0001\u007f\n \"", List.of())),
            List.of(new FlbEntry(Compatible.of("f".repeat(47)), Handle.NONE, 1)),
            List.of(),
            List.of(),
            List.of(new PhaseEntry("p".repeat(47), Long.MIN_VALUE, Long.MAX_VALUE)));

    assertThat(roundTrip(content).content()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a\0b",
        "\ud800",
        "1234567890123456789012345678901234567890123456789012345678901234",
        "€€€€€€€€€€€€€€€€€€€€€x€"
      })
  void ses03_publish_refusesNamesThatDoNotFit(String name) {
    ImageWriter writer = new TestMemory(MEMORY_SIZE).format();
    ImageContent content = Images.ofSessions(List.of(new SessionEntry(name, List.of())));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> writer.publish(content));
  }

  @Test
  void fil01_read_extremeTokensAndHandles() throws Exception {
    List<FileEntry> files = new ArrayList<>();
    for (long value : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1, 4095}) {
      files.add(
          new FileEntry(Images.MEMFD, Handle.of(value), Token.of(value), value < 0, MANDATORY));
    }
    ImageContent content = Images.ofSessions(List.of(new SessionEntry("s", files)));

    assertThat(roundTrip(content).content()).isEqualTo(content);
  }

  @Test
  void fil03_read_sameTokenInTwoSessions() throws Exception {
    ImageContent content =
        Images.ofSessions(
            List.of(
                new SessionEntry("a", Images.files(3)), new SessionEntry("b", Images.files(3))));

    assertThat(roundTrip(content).content()).isEqualTo(content);
  }

  @Test
  void read_moreFormatsThanAreRemembered() throws Exception {
    List<FileEntry> files = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Compatible compatible = Compatible.of("format-" + i * 7 % 40);
      files.add(new FileEntry(compatible, Handle.NONE, Token.of(i), false, MANDATORY));
    }
    ImageContent content = Images.ofSessions(List.of(new SessionEntry("s", files)));

    assertThat(roundTrip(content).content()).isEqualTo(content);
  }

  @Test
  void read_sortsSlotsAndExtents() throws Exception {
    ImageContent content = Images.ofEverything();
    ImageContent reversed =
        new ImageContent(
            content.origin(),
            content.stamp(),
            content.sessions(),
            content.flbs(),
            content.slots().reversed(),
            content.extents().reversed(),
            content.timeline());

    assertThat(roundTrip(reversed).content()).isEqualTo(content);
  }

  @Test
  void des11_read_partlyFilledBlocks() throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format().publish(Images.ofSessions(Images.sessions(60)));
    Forgery image = new Forgery(memory);
    // Moves the last eleven sessions of the first block to the second.
    long first = image.session(0) - 16;
    long second = image.u64(first);
    image.copy(second + 16, second + 16 + 80 * 11, 80 * 9);
    image.copy(first + 16 + 80 * 40, second + 16, 80 * 11);
    image.memory().asSlice(first + 16 + 80 * 40, 80 * 11).fill((byte) 0);
    image.u64(first + 8, 40).u16(image.record(Forgery.BLOCKS, 16, 1) + 14, 40);
    image.u64(second + 8, 20).u16(image.record(Forgery.BLOCKS, 16, 2) + 14, 20);

    assertThat(ImageReader.read(image.sealed()).content().sessions())
        .isEqualTo(Images.sessions(60));
  }

  @Test
  void des10_read_takesFilesWithoutBlocksAsAnEmptySession() throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format().publish(Images.ofSessions(Images.sessions(2)));
    Forgery image = new Forgery(memory);
    image.u64(image.session(1) + 72, 5);

    Image read = ImageReader.read(image.sealed());

    assertThat(read.content().sessions()).isEqualTo(Images.sessions(2));
    assertThat(read.warnings()).singleElement().asString().contains("session-1", "5 files");
  }

  @Test
  void read_skipsUnknownOptionalExtensions() throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format().publish(Images.ofEverything());
    Forgery image = new Forgery(memory);
    image.u32(image.directoryEntry(Forgery.TIMELINE), 0xffff_fffe);

    assertThat(ImageReader.read(image.sealed()).content().timeline()).isEmpty();
  }

  @Test
  void read_skipsOptionalExtensionsOfAnotherVersion() throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format().publish(Images.ofEverything());
    Forgery image = new Forgery(memory);
    image.u16(image.directoryEntry(Forgery.TIMELINE) + 4, 2);

    assertThat(ImageReader.read(image.sealed()).content().timeline()).isEmpty();
  }

  @Test
  void read_imageWithoutAnFlbTable() throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format().publish(Images.empty());
    Forgery image = new Forgery(memory);
    // Nothing is in the kernel's layout then, and no extension is left.
    image.u64(image.root() + 24, 0).u32(image.root() + 44, 0);
    image.memory().asSlice(image.directory(), 4096).fill((byte) 0);

    assertThat(ImageReader.read(image.sealed()).content()).isEqualTo(Images.empty());
  }

  @Test
  void read_randomImages() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      ImageContent content = randomContent(random);
      assertThat(roundTrip(content).content()).as("seed %d, image %d", seed, i).isEqualTo(content);
    }
  }

  private static ImageContent randomContent(Random random) {
    List<SessionEntry> sessions = new ArrayList<>();
    int sessionCount = random.nextInt(60);
    for (int i = 0; i < sessionCount; i++) {
      List<FileEntry> files = new ArrayList<>();
      int fileCount = random.nextInt(4) == 0 ? random.nextInt(140) : random.nextInt(3);
      // An odd step visits 2^64 tokens before the first comes again.
      long token = random.nextLong();
      long step = random.nextLong() | 1;
      for (int j = 0; j < fileCount; j++, token += step) {
        files.add(
            new FileEntry(
                randomCompatible(random),
                Handle.of(random.nextLong()),
                Token.of(token),
                random.nextBoolean(),
                random.nextBoolean() ? MANDATORY : OPTIONAL));
      }
      sessions.add(new SessionEntry(i + "-" + randomText(random, 20), files));
    }
    List<FlbEntry> flbs = new ArrayList<>();
    int flbCount = random.nextInt(5);
    for (int i = 0; i < flbCount; i++) {
      flbs.add(
          new FlbEntry(
              Compatible.of("flb-" + i),
              Handle.of(random.nextLong()),
              1 + (random.nextLong() >>> 1) / 2));
    }
    return new ImageContent(
        ORIGINS.get(random.nextInt(ORIGINS.size())),
        new Stamp(random.nextLong(), random.nextLong()),
        sessions,
        flbs,
        randomSlots(random, sessions, flbs),
        randomExtents(random, sessions, flbs),
        List.of(new PhaseEntry(randomText(random, 15) + "x", random.nextLong(), 7)));
  }

  private static List<SlotEntry> randomSlots(
      Random random, List<SessionEntry> sessions, List<FlbEntry> flbs) {
    List<SlotEntry> slots = new ArrayList<>();
    int number = 0;
    int descriptor = 3;
    int count = random.nextInt(200);
    for (int i = 0; i < count; i++) {
      number += 1 + random.nextInt(1000);
      descriptor += 1 + random.nextInt(3);
      slots.add(
          new SlotEntry(
              new Slot(number),
              randomOwner(random, sessions, flbs),
              random.nextBoolean() ? descriptor : SlotEntry.TOLD_OTHERWISE,
              KINDS.get(random.nextInt(KINDS.size())),
              new FileIdentity(random.nextLong(), random.nextLong())));
    }
    return slots;
  }

  private static List<ExtentEntry> randomExtents(
      Random random, List<SessionEntry> sessions, List<FlbEntry> flbs) {
    List<ExtentEntry> extents = new ArrayList<>();
    long offset = EXTENTS;
    int count = random.nextInt(200);
    for (int i = 0; i < count; i++) {
      long byteSize = 1L + random.nextInt(random.nextInt(10) == 0 ? 9000 : 100);
      extents.add(
          new ExtentEntry(
              Handle.of(offset),
              byteSize,
              random.nextBoolean() ? Integrity.CHECKED : Integrity.UNCHECKED,
              randomOwner(random, sessions, flbs)));
      offset = (offset + byteSize + 7 + random.nextInt(100)) & -8;
    }
    return extents;
  }

  private static Owner randomOwner(
      Random random, List<SessionEntry> sessions, List<FlbEntry> flbs) {
    if (!flbs.isEmpty() && random.nextInt(4) == 0) {
      return new Owner.OfFlb(random.nextInt(flbs.size()));
    }
    if (!sessions.isEmpty()) {
      int session = random.nextInt(sessions.size());
      int files = sessions.get(session).files().size();
      if (files > 0) {
        return new Owner.OfFile(session, random.nextInt(files));
      }
    }
    return new Owner.OfImage();
  }

  private static Compatible randomCompatible(Random random) {
    return Compatible.of("format-v" + random.nextInt(5));
  }

  private static String randomText(Random random, int maxLength) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(maxLength);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(1 + random.nextInt(random.nextInt(10) == 0 ? 0x7ff : 0x7e));
    }
    return text.toString();
  }
}
