// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.LinuxException;
import dev.luo.spi.LuoException;
import java.util.ArrayList;

/** A program with two libraries in it, which replaces itself once. */
public final class ParticipantProgram {

  private ParticipantProgram() {}

  /** Carries one number over the update. */
  private record Library(String name, long number) implements Participant {

    @Override
    public void retrieve(ParticipantScope scope) throws LuoException {
      for (String session : scope.incoming()) {
        try (IncomingSession in = scope.retrieveSession(session)) {
          System.out.println(name + "=" + TwoStages.number(in, number));
        } catch (LinuxException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void preserve(ParticipantScope scope) throws LuoException {
      try {
        TwoStages.preserve(scope.createSession(name + "/state"), number);
      } catch (LinuxException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    Options options =
        TwoStages.options(ScriptedHandler.forMemfds(new ArrayList<>()))
            .refreshing(lapse -> System.out.println("lapsed=" + lapse.monotonic().isPositive()));
    try (LiveUpdate luo = LiveUpdate.open(options)) {
      luo.join(new Library("pool", 7));
      luo.join(new Library("index", 8));
      if (luo.incoming().isEmpty()) {
        luo.update(Successor.sameCommand());
      }
      luo.resumed();
      System.out.println("left=" + luo.incoming().orElseThrow().sessions());
      System.out.println("report=" + luo.report().orElseThrow().toJson());
    }
  }
}
