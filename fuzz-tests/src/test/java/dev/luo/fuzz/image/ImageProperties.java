// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.image;

import dev.luo.core.ImageAbi;
import dev.luo.core.ImageRefusedException;
import dev.luo.core.inspect.Finding;
import dev.luo.core.inspect.ImageInspection;
import dev.luo.core.inspect.Severity;
import dev.luo.core.internal.image.ExtentEntry;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.Image;
import dev.luo.core.internal.image.ImageContent;
import dev.luo.core.internal.image.ImageReader;
import dev.luo.core.internal.image.ImageWriter;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.fuzz.Budget;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Handle;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What holds of every image that a reader accepts, wherever it came from. */
final class ImageProperties {

  private static final long PAGE = 4096;

  /** A thousand findings are the most: each in memory, as JSON, and as text that grew meanwhile. */
  private static final long FINDINGS = 4L << 20;

  private ImageProperties() {}

  /**
   * Reads an image, and inspects it: both say the same of it. What either takes on the heap is in
   * proportion to the memory.
   */
  static Image read(MemorySegment memory) throws Exception {
    ImageInspection inspection =
        Budget.within(FINDINGS + 16 * memory.byteSize(), () -> inspect(memory));
    Optional<Finding> error =
        inspection.findings().stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .findFirst();
    try {
      Image image =
          Budget.within((256 << 10) + 4 * memory.byteSize(), () -> ImageReader.read(memory));
      check(error.isEmpty(), "accepted, and an inspection finds " + error);
      return image;
    } catch (ImageRefusedException refused) {
      String found = error.map(first -> first.structure() + ": " + first.what()).orElse("nothing");
      check(
          ("image refused: " + found).equals(refused.getMessage()),
          refused.getMessage() + ", and an inspection finds " + found);
      throw refused;
    }
  }

  private static ImageInspection inspect(MemorySegment memory) {
    ImageInspection inspection = ImageInspection.of(memory);
    String json = inspection.toJson();
    check(json.startsWith("{\"accepted\":" + inspection.isAccepted()), json);
    check(!inspection.toString().isEmpty(), "a page without anything");
    return inspection;
  }

  /** Two images say the same. */
  static void checkSame(Image image, Image expected) {
    check(image.content().equals(expected.content()), "a changed image says something else");
    check(image.identity().equals(expected.identity()), "a changed image is another one");
  }

  /** Everything counts up, and the content can be written and read again. */
  static void check(MemorySegment memory, Image image) throws LuoException {
    ImageContent content = image.content();
    checkSessions(content.sessions(), memory.byteSize() / PAGE);
    check(content.flbs().size() <= ImageContent.MAX_FLBS, "FLBs");
    checkSlots(content);
    checkExtents(image, memory);
    checkWritable(memory, image);
  }

  private static void checkSessions(List<SessionEntry> sessions, long pages) {
    check(sessions.size() <= 52 * pages, "more sessions than there is room for");
    Set<String> names = new HashSet<>();
    long files = 0;
    for (SessionEntry session : sessions) {
      check(names.add(session.name()), "two sessions of a name");
      Set<Token> tokens = new HashSet<>();
      for (FileEntry file : session.files()) {
        check(tokens.add(file.token()), "two files of a token");
      }
      files += session.files().size();
    }
    check(files <= 64 * pages, "more files than there is room for");
  }

  private static void checkSlots(ImageContent content) {
    Set<Integer> numbers = new HashSet<>();
    Set<Integer> descriptors = new HashSet<>();
    for (SlotEntry slot : content.slots()) {
      check(numbers.add(slot.slot().number()), "two slots of a number");
      check(
          slot.descriptor() == SlotEntry.TOLD_OTHERWISE || descriptors.add(slot.descriptor()),
          "two slots of a descriptor");
      checkOwner(slot.owner(), content);
    }
  }

  private static void checkOwner(Owner owner, ImageContent content) {
    switch (owner) {
      case Owner.OfFile(int session, int file) -> {
        var _ = content.sessions().get(session).files().get(file);
      }
      case Owner.OfFlb(int flb) -> {
        var _ = content.flbs().get(flb);
      }
      case Owner.OfImage _ -> {}
      case Owner.Unknown unknown -> throw new AssertionError("owned by " + unknown);
    }
  }

  private static void checkExtents(Image image, MemorySegment memory) {
    long end = PAGE;
    for (ExtentEntry extent : image.content().extents()) {
      check(extent.handle().value() >= end, "allocations that overlap");
      end = extent.handle().value() + extent.byteSize();
      check(end > 0 && end <= memory.byteSize(), "an allocation outside the memory");
      checkOwner(extent.owner(), image.content());
      check(extent.equals(image.extent(extent.handle()).orElseThrow()), "an allocation is lost");
      checkLent(image, extent);
    }
    check(image.extent(Handle.NONE).isEmpty(), "an allocation at 0");
  }

  private static void checkLent(Image image, ExtentEntry extent) {
    try {
      MemorySegment lent = image.map(extent.handle(), extent.owner());
      check(lent.byteSize() == extent.byteSize() && lent.isReadOnly(), "lent otherwise");
    } catch (CorruptRecordException wrongBytes) {
      // Their checksum is looked at when they are lent, and may be as wrong as anything.
    }
    try {
      var _ = image.map(extent.handle(), new Owner.OfFile(-1, -1));
      throw new AssertionError("lent to somebody else");
    } catch (CorruptRecordException refused) {
      // As it has to be.
    }
  }

  /**
   * In a copy of the memory with as much again behind it, and a little more: a writer makes a block
   * table and an FLB table where a reader can do without.
   */
  private static void checkWritable(MemorySegment memory, Image image) throws LuoException {
    long begin = (memory.byteSize() + PAGE - 1) / PAGE * PAGE;
    try (Arena arena = Arena.ofConfined()) {
      long end = 2 * begin + 2 * PAGE;
      MemorySegment copy = arena.allocate(end, PAGE);
      copy.copyFrom(memory);
      ImageWriter.format(copy, new PagesFrom(begin, end), image.identity(), ImageAbi.LUO_V5)
          .publish(image.content());
      Image again = readAgain(copy);
      checkSame(again, image);
    }
  }

  private static Image readAgain(MemorySegment copy) {
    try {
      return ImageReader.read(copy);
    } catch (ImageRefusedException e) {
      throw new AssertionError("cannot be read when written again", e);
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
