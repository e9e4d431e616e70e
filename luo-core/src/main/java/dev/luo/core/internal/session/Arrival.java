// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.internal.descriptor.ArrivedDescriptors;
import dev.luo.core.internal.image.ExtentEntry;
import dev.luo.core.internal.image.Image;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.core.internal.report.ReportBlock;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.spi.Boundary;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.Crossing;
import dev.luo.spi.Origin;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a predecessor handed to this process: the image, in order as a whole, and the descriptors
 * with it.
 *
 * @param file the memfd that the image is in
 * @param mapping all of it
 */
public record Arrival(
    Crossing via,
    Origin origin,
    Fd file,
    Mapping mapping,
    Image image,
    ArrivedDescriptors descriptors) {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  /**
   * Reads the image and claims it for this process.
   *
   * @param file the memfd, which belongs to the arrival if it succeeds
   * @param nonce which the memory must carry
   * @param source gives the descriptor of a slot
   * @param intake what the image has to be like
   * @throws ImageRefusedException if the memory is not what was announced, or anything is wrong
   *     with it; nothing was taken over then
   */
  public static Arrival receive(
      Crossing via, Fd file, long nonce, Function<SlotEntry, Optional<Fd>> source, Intake intake)
      throws ImageRefusedException {
    try {
      return receiveAsItIs(via, file, nonce, source, intake);
    } catch (ImageRefusedException e) {
      throw intake.seen(e);
    }
  }

  private static Arrival receiveAsItIs(
      Crossing via, Fd file, long nonce, Function<SlotEntry, Optional<Fd>> source, Intake intake)
      throws ImageRefusedException {
    Mapping mapping;
    try {
      mapping = Mapping.map(file, FileIo.size(file));
    } catch (LinuxException e) {
      throw new ImageRefusedException("memory", e.toString());
    }
    boolean accepted = false;
    try {
      Image image = intake.read(mapping.segment());
      image.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
      if (image.identity().nonce() != nonce) {
        throw new ImageRefusedException("header", "this is not the memory that was announced");
      }
      boolean first = image.claim(mapping.segment(), (int) ProcessHandle.current().pid());
      ArrivedDescriptors descriptors = new ArrivedDescriptors(image.content().slots(), source);
      accepted = true;
      // Whoever opened the image before this process may have run on the files.
      Origin origin = first ? image.content().origin() : Origin.CRASH;
      return new Arrival(via, origin, file, mapping, image, descriptors);
    } finally {
      if (!accepted) {
        mapping.close();
      }
    }
  }

  /** Returns what was replaced. */
  public Boundary boundary() {
    return via.boundary();
  }

  /** Returns how many updates led here. */
  public Generation generation() {
    return new Generation(image.identity().generation());
  }

  /** Reads what the predecessor reported; nothing if that cannot be read. */
  public ReportBlock reports() {
    for (ExtentEntry extent : image.content().extents()) {
      if (extent.owner() instanceof Owner.OfImage) {
        try {
          return ReportBlock.read(image.map(extent.handle(), extent.owner()));
        } catch (CorruptRecordException e) {
          break;
        }
      }
    }
    return ReportBlock.NONE;
  }

  /** Lists every descriptor that arrived and is still held. */
  public List<Fd> held() {
    List<Fd> all = new ArrayList<>(descriptors.held());
    all.add(file);
    return all;
  }

  /** Closes everything that is still held, as the end of the process would. */
  public void abandon() {
    descriptors.dropAll();
    close();
  }

  /** Gives the memory up, when no session needs it any more. */
  public void close() {
    mapping.close();
    file.close();
  }
}
