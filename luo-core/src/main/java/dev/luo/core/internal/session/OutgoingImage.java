// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.HandoverMemoryException;
import dev.luo.core.ImageAbi;
import dev.luo.core.Options;
import dev.luo.core.UpdateReport;
import dev.luo.core.internal.descriptor.CarriedDescriptors.Carried;
import dev.luo.core.internal.file.Remarks;
import dev.luo.core.internal.handover.Timeline;
import dev.luo.core.internal.image.ImageContent;
import dev.luo.core.internal.image.ImageIdentity;
import dev.luo.core.internal.image.ImageWriter;
import dev.luo.core.internal.memory.Extent;
import dev.luo.core.internal.memory.HandoverArena;
import dev.luo.core.internal.memory.ImagePages;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.core.internal.report.Departures;
import dev.luo.core.internal.report.Departures.Progress;
import dev.luo.core.internal.report.ReportBlock;
import dev.luo.linux.BootId;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.Crossing;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
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
  private final Departures departures;
  private final Optional<Incoming> incoming;
  private final ImageAbi abi;
  private @Nullable Formatted formatted;

  /** How many files the image has that was published last. */
  private long crossing;

  /** Handover memory with page 0 written, and what luo itself keeps in it. */
  private record Formatted(HandoverArena arena, ImageWriter writer, long nonce, Extent report) {
    MemorySegment reportBlock() {
      return arena.segment().asSlice(report.offset(), report.byteSize());
    }
  }

  @Inject
  OutgoingImage(
      OutgoingMemory memory,
      ImageAssembly assembly,
      Remarks remarks,
      Generation generation,
      Departures departures,
      Optional<Incoming> incoming,
      Options options) {
    this.memory = memory;
    this.assembly = assembly;
    this.remarks = remarks;
    this.generation = generation;
    this.departures = departures;
    this.incoming = incoming;
    this.abi = options.imageAbi();
  }

  /** Does what can be done before the workload is paused. */
  void prepare() throws LuoException {
    // Written already, so that all of it is loaded when it is written while nothing is served.
    List<UpdateReport> history = incoming.map(Incoming::history).orElse(List.of());
    MemorySegment block = formatted().reportBlock();
    ReportBlock.writeEarlier(block, history);
    ReportBlock.writeDeparture(block, departures.departing(progress(new Timeline())));
  }

  /**
   * Publishes what is preserved.
   *
   * @param origin how the predecessor ends
   */
  void publish(Timeline timeline, Origin origin) throws LuoException {
    Formatted image = formatted();
    ImageContent content = assembly.assemble(timeline, this, origin);
    image.writer.publish(content);
    crossing = content.sessions().stream().mapToLong(session -> session.files().size()).sum();
  }

  /** Lists the descriptors that cross with what is published. */
  List<Fd> carried() {
    return assembly.carried().stream().map(Carried::fd).toList();
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
    ReportBlock.writeDeparture(formatted.reportBlock(), departures.departing(progress(timeline)));
  }

  /** Takes note that there will be no successor this time. */
  void refuse(LuoException why, Timeline timeline) {
    departures.refuse(why, progress(timeline));
  }

  private Progress progress(Timeline timeline) {
    return new Progress(
        Crossing.EXEC, generation.next(), timeline.phases(), crossing, remarks.all());
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
        ImageWriter writer =
            ImageWriter.format(arena.segment(), new ImagePages(arena), identity, abi);
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
