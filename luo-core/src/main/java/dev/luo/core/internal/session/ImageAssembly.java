// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.HandoverMemoryException;
import dev.luo.core.internal.descriptor.CarriedDescriptors;
import dev.luo.core.internal.descriptor.CarriedDescriptors.Carried;
import dev.luo.core.internal.file.OutgoingFile;
import dev.luo.core.internal.flb.OutgoingFlb;
import dev.luo.core.internal.flb.OutgoingFlbs;
import dev.luo.core.internal.handover.Timeline;
import dev.luo.core.internal.image.ExtentEntry;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.FlbEntry;
import dev.luo.core.internal.image.ImageContent;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.PhaseEntry;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.core.internal.image.Stamp;
import dev.luo.core.internal.memory.Extent;
import dev.luo.core.internal.memory.OutgoingMemory;
import dev.luo.linux.Clock;
import dev.luo.spi.Origin;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Puts together what an image says, from what is preserved. Used while the gate is closed. */
final class ImageAssembly {

  private final OutgoingSessions sessions;
  private final OutgoingFlbs flbs;
  private final CarriedDescriptors carried;
  private final OutgoingMemory memory;

  @Inject
  ImageAssembly(
      OutgoingSessions sessions,
      OutgoingFlbs flbs,
      CarriedDescriptors carried,
      OutgoingMemory memory) {
    this.sessions = sessions;
    this.flbs = flbs;
    this.carried = carried;
    this.memory = memory;
  }

  /**
   * Describes everything as it stands now.
   *
   * @param luo what luo's own allocations belong to
   * @param origin what a reader has to assume
   */
  ImageContent assemble(Timeline timeline, Object luo, Origin origin)
      throws HandoverMemoryException {
    IdentityHashMap<Object, Owner> owners = new IdentityHashMap<>();
    owners.put(luo, new Owner.OfImage());
    List<SessionEntry> sessionEntries = sessions(owners);
    List<FlbEntry> flbEntries = flbs(owners);
    return new ImageContent(
        origin,
        new Stamp(Clock.MONOTONIC.nanos(), Clock.REALTIME.nanos()),
        sessionEntries,
        flbEntries,
        slots(owners),
        extents(owners),
        timeline.phases().stream()
            .map(phase -> new PhaseEntry(phase.name(), phase.startNanos(), phase.durationNanos()))
            .toList());
  }

  private List<SessionEntry> sessions(IdentityHashMap<Object, Owner> owners) {
    List<SessionEntry> entries = new ArrayList<>();
    for (PreservingSession session : sessions.all()) {
      List<OutgoingFile<?>> files = session.files();
      List<FileEntry> fileEntries = new ArrayList<>(files.size());
      for (OutgoingFile<?> file : files) {
        if (file.staysBehind()) {
          continue;
        }
        owners.put(file, new Owner.OfFile(entries.size(), fileEntries.size()));
        fileEntries.add(
            new FileEntry(
                file.name().compatible(),
                file.handle(),
                file.token(),
                file.isFrozen(),
                file.importance()));
      }
      entries.add(new SessionEntry(session.name(), fileEntries));
    }
    return entries;
  }

  private List<FlbEntry> flbs(IdentityHashMap<Object, Owner> owners) {
    List<FlbEntry> entries = new ArrayList<>();
    for (OutgoingFlb<?> flb : flbs.crossing()) {
      owners.put(flb, new Owner.OfFlb(entries.size()));
      entries.add(new FlbEntry(flb.flb().compatible(), flb.handle(), flb.count()));
    }
    return entries;
  }

  /** Lists the descriptors that belong to what crosses, in the order of the slots. */
  List<Carried> carried() {
    return carried.all().stream().filter(descriptor -> crosses(descriptor.owner())).toList();
  }

  private static boolean crosses(Object owner) {
    return switch (owner) {
      case OutgoingFile<?> file -> !file.staysBehind();
      case OutgoingFlb<?> flb -> flb.count() > 0;
      default -> throw new IllegalStateException("carried for something unknown: " + owner);
    };
  }

  private List<SlotEntry> slots(IdentityHashMap<Object, Owner> owners) {
    List<SlotEntry> entries = new ArrayList<>();
    for (Carried descriptor : carried()) {
      entries.add(
          new SlotEntry(
              descriptor.slot(),
              owner(owners, descriptor.owner()),
              descriptor.fd().number(),
              descriptor.kind(),
              descriptor.identity()));
    }
    return entries;
  }

  /** The image's own structures have no owner here: they are found by the image itself. */
  private List<ExtentEntry> extents(IdentityHashMap<Object, Owner> owners)
      throws HandoverMemoryException {
    List<ExtentEntry> entries = new ArrayList<>();
    for (Extent extent : memory.arena().extents()) {
      Owner owner = owners.get(extent.owner());
      if (owner != null) {
        entries.add(new ExtentEntry(extent.handle(), extent.byteSize(), extent.integrity(), owner));
      }
    }
    return entries;
  }

  private static Owner owner(IdentityHashMap<Object, Owner> owners, Object of) {
    Owner owner = owners.get(of);
    if (owner == null) {
      throw new IllegalStateException("carried for something that is not preserved: " + of);
    }
    return owner;
  }
}
