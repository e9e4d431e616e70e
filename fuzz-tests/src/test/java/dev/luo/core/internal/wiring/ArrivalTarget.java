// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.handover.InheritedHandover;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.session.Arrival;
import dev.luo.core.internal.session.Intake;
import dev.luo.fuzz.Budget;
import dev.luo.fuzz.Descriptors;
import dev.luo.fuzz.Target;
import dev.luo.fuzz.image.BaseImages;
import dev.luo.fuzz.image.ImageInput;
import dev.luo.fuzz.image.RecordingHandler;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A changed image in a memory that arrives: it is read, claimed, opened; every session is claimed,
 * every file retrieved, verified, finished or discarded.
 *
 * <p>A refused image has met no handler. In an accepted one, whatever fails says so by a {@link
 * LuoException}. In the end nothing is open that was not open before, and what is somebody else's
 * still is.
 */
public final class ArrivalTarget implements Target {

  /** In the second byte of an input, of which {@link ImageInput} does not use it. */
  private static final int STRICT = 4;

  private Fd carried;
  private List<byte[]> bases;

  /** Writes the base images, around a memfd that crosses. */
  public ArrivalTarget() throws Exception {
    carried = Memfd.create("carried");
    bases = bases(carried);
  }

  /**
   * One of each form, and no long chains: they take long to retrieve, and the reader is a target of
   * its own.
   */
  private static List<byte[]> bases(Fd carried) throws Exception {
    List<byte[]> all = BaseImages.all(carried.identity());
    return List.of(all.getFirst(), all.getLast());
  }

  @Override
  public List<byte[]> seeds() {
    return ImageInput.seeds(bases);
  }

  @Override
  public void test(byte[] input) throws Exception {
    byte[] image = ImageInput.of(input, bases).image();
    if (image.length == 0 || input.length < 2) {
      return;
    }
    var before = Descriptors.memfds();
    Fd memory = memory(image);
    int arriving = carried.duplicate(BaseImages.CARRIED).release();
    if (arriving != BaseImages.CARRIED) {
      throw new IllegalStateException("descriptor " + BaseImages.CARRIED + " is taken");
    }
    RecordingHandler handler = new RecordingHandler();
    Options options = Options.crossings(Crossing.EXEC).withoutDiscovery().handler(handler);
    try {
      run(memory, (input[1] & STRICT) == 0 ? options : options.strict());
    } catch (ImageRefusedException refused) {
      memory.close();
      if (handler.calls() > 0) {
        throw new AssertionError("a handler was called for a refused image", refused);
      }
    }
    checkOpen(before);
  }

  /**
   * The descriptor under which the carried memfd arrives is open or not: an image may say that it
   * was none of luo's. So may that by which it is kept here: an image may say that it was.
   */
  private void checkOpen(SortedMap<Integer, String> before) throws Exception {
    var after = Descriptors.memfds();
    if (after.remove(BaseImages.CARRIED) != null) {
      Fd.adopt(BaseImages.CARRIED).close();
    }
    int kept = carried.number();
    before.remove(kept);
    if (after.remove(kept) == null) {
      int _ = carried.release();
      carried = Memfd.create("carried");
      bases = bases(carried);
    }
    if (!after.equals(before)) {
      throw new AssertionError(before + " were open, and now " + after);
    }
  }

  private static Fd memory(byte[] image) throws LinuxException {
    Fd memory = Memfd.create("image");
    try (Arena arena = Arena.ofConfined()) {
      FileIo.pwriteFully(memory, arena.allocateFrom(ValueLayout.JAVA_BYTE, image), 0);
    }
    return memory;
  }

  /** What a successor does, whose program takes no failure for the last word. */
  private static void run(Fd memory, Options options) throws Exception {
    HandlerRegistry registry = Opening.registry(options);
    Arrival arrival = receive(memory, new Intake(Conduct.of(options), registry));
    Surroundings surroundings =
        new Surroundings(Optional.of(arrival), Optional.empty(), System.nanoTime(), () -> {});
    try (LiveUpdate luo = Opening.open(options, registry, surroundings)) {
      for (String name : luo.incoming().orElseThrow().sessions()) {
        try (IncomingSession session = luo.retrieveSession(name)) {
          retrieveAll(session);
        }
      }
      var _ = luo.report().orElseThrow();
    } finally {
      arrival.abandon();
    }
  }

  private static Arrival receive(Fd memory, Intake intake) throws Exception {
    InheritedHandover inherited =
        new InheritedHandover(memory, BaseImages.IDENTITY.nonce(), Optional.empty());
    return Budget.within(
        (512 << 10) + 4 * FileIo.size(memory), () -> Opening.receive(inherited, intake));
  }

  private static void retrieveAll(IncomingSession session) throws LuoException {
    boolean whole = true;
    for (Token token : session.tokens()) {
      try {
        session.retrieve(token).file().close();
      } catch (LuoException toldSo) {
        whole = false;
      }
    }
    try {
      session.verify();
    } catch (LuoException toldSo) {
      whole = false;
    }
    if (whole) {
      session.finish();
    } else {
      session.discard();
    }
  }
}
