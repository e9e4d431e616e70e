// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.HandoverMemoryException;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.internal.file.Remarks;
import dev.luo.core.internal.handover.Timeline;
import dev.luo.core.internal.image.ImageIdentity;
import dev.luo.core.internal.image.ImageWriter;
import dev.luo.core.internal.memory.Extent;
import dev.luo.core.internal.memory.HandoverArena;
import dev.luo.core.internal.memory.ImagePages;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.core.internal.report.ReportBlock;
import dev.luo.linux.BootId;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image of this process as a predecessor: published for a successor, and taken back. Used by
 * one thread at a time, the one that closed the gate.
 */
@Singleton
final class OutgoingImage {

  private final OutgoingMemory memory;
  private final ImageAssembly assembly;
  private final Remarks remarks;
  private final Generation generation;
  private @Nullable Formatted formatted;

  /** Handover memory with page 0 written, and what luo itself keeps in it. */
  private record Formatted(HandoverArena arena, ImageWriter writer, long nonce, Extent report) {}

  @Inject
  OutgoingImage(
      OutgoingMemory memory, ImageAssembly assembly, Remarks remarks, Generation generation) {
    this.memory = memory;
    this.assembly = assembly;
    this.remarks = remarks;
    this.generation = generation;
  }

  /** Does what can be done before the workload is paused. */
  void prepare() throws LuoException {
    formatted();
  }

  /** Publishes what is preserved. */
  void publish(Timeline timeline) throws LuoException {
    Formatted image = formatted();
    image.writer.publish(assembly.assemble(timeline, this));
  }

  /** Takes the image back. */
  void withdraw() {
    if (formatted != null) {
      formatted.writer.withdraw();
    }
  }

  /** Writes the report for the last time. */
  void report(Timeline timeline) {
    if (formatted == null) {
      throw new IllegalStateException("no image");
    }
    List<Phase> phases =
        timeline.phases().stream()
            .map(phase -> new Phase(phase.name(), phase.startNanos(), phase.durationNanos()))
            .toList();
    Extent report = formatted.report;
    new ReportBlock(phases, remarks.all())
        .write(formatted.arena.segment().asSlice(report.offset(), report.byteSize()));
  }

  /** Returns the memfd that the image is in. */
  Fd file() throws LuoException {
    return formatted().arena.file();
  }

  /** Returns the number that ties the memfd to its announcement. */
  long nonce() throws LuoException {
    return formatted().nonce;
  }

  private Formatted formatted() throws LuoException {
    if (formatted == null) {
      HandoverArena arena = memory.arena();
      try {
        long nonce = new SecureRandom().nextLong();
        ImageIdentity identity =
            new ImageIdentity(nonce, generation.next(), BootId.current().value());
        ImageWriter writer = ImageWriter.format(arena.segment(), new ImagePages(arena), identity);
        Extent report =
            arena.allocate(ReportBlock.BYTE_SIZE, HandoverArena.PAGE, Integrity.UNCHECKED, this);
        formatted = new Formatted(arena, writer, nonce, report);
      } catch (IOException e) {
        throw new HandoverMemoryException("cannot tell the boot: " + e.getMessage(), Errno.EIO, e);
      }
    }
    return formatted;
  }
}
