// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.internal.handover.drystart.Demands;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Compatible;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A state that freezes by writing a {@link FakeImage}, and remembers what was called. */
class FakeState implements FreezableState {
  static final long NONCE = 0xfeed_face_0000_0001L;

  private final long generation;
  private final List<Fd> carried;
  private final Set<Compatible> compatibleStrings;
  private final List<String> calls = new ArrayList<>();
  private boolean refuses;

  FakeState(long generation, List<Fd> carried, String... compatibleStrings) {
    this.generation = generation;
    this.carried = List.copyOf(carried);
    this.compatibleStrings =
        Set.of(compatibleStrings).stream().map(Compatible::of).collect(Collectors.toSet());
  }

  /** Makes the freeze fail. */
  FakeState refusing() {
    refuses = true;
    return this;
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public Demands demands() {
    calls.add("demands");
    return new Demands("luo-v5", compatibleStrings, Map.of());
  }

  @Override
  public FrozenState freeze(Deadline deadline, Timeline timeline) throws LuoException {
    calls.add("freeze");
    if (refuses) {
      throw new LuoException("the fake refuses", Errno.EBUSY, Recovery.RETRY_LATER);
    }
    try (var _ = timeline.start("freeze")) {
      Fd image =
          new FakeImage(NONCE, generation, false, carried.stream().map(Fd::number).toList())
              .publish();
      return new FrozenState(image, NONCE, carried);
    } catch (LinuxException failure) {
      throw new LuoException("no image", failure.errno(), Recovery.ABORT_UPDATE, failure);
    }
  }

  @Override
  public void depart(Timeline timeline) {
    calls.add("depart");
  }

  @Override
  public void thaw() {
    calls.add("thaw");
  }
}
