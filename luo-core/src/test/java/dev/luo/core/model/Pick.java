// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** How a number of a move is chosen: mostly so that it means something, at times blindly. */
enum Pick {
  NEW_NAME {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return random.nextInt(20) == 0 ? random.nextInt(World.NAMES.size()) : random.nextInt(GOOD);
    }
  },
  OUTGOING {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return mostly(random, List.copyOf(now.outgoing().keySet()), GOOD);
    }
  },
  OUTGOING_TOKEN {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return mostly(random, tokens(now.outgoing(), before), TOKENS);
    }
  },
  FREE_TOKEN {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      List<Integer> used = tokens(now.outgoing(), before);
      List<Integer> free =
          IntStream.range(0, TOKENS).boxed().filter(t -> !used.contains(t)).toList();
      return mostly(random, free, TOKENS);
    }
  },
  REFERENCE {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return random.nextInt(3) > 0
          ? World.NO_REFERENCE
          : mostly(random, tokens(now.outgoing(), before), TOKENS);
    }
  },
  IMPORTANCE {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return random.nextInt(4) == 0 ? World.OPTIONAL : World.MANDATORY;
    }
  },
  UNCLAIMED {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return mostly(random, now.unclaimed(), World.NAMES.size());
    }
  },
  INCOMING {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return mostly(random, List.copyOf(now.incoming().keySet()), GOOD);
    }
  },
  INCOMING_TOKEN {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return mostly(random, tokens(now.incoming(), before), TOKENS);
    }
  },
  THING {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return random.nextInt(World.THINGS);
    }
  },
  OPENING {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return random.nextInt(3) == 0 ? random.nextInt(World.CLOSED + 1) : World.AS_IT_IS;
    }
  },
  PROGRAM {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return random.nextInt(4) > 0 ? 0 : random.nextInt(World.PROGRAMS.size());
    }
  },
  REPLACING {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return random.nextInt(4);
    }
  },
  KIND {
    @Override
    int from(RandomGenerator random, Prospects now, List<Integer> before) {
      return random.nextInt(World.KINDS.size());
    }
  };

  private static final int GOOD = World.GOOD_NAMES;
  private static final int TOKENS = World.TOKENS.size();

  /**
   * Chooses.
   *
   * @param before the numbers of the move that are chosen already, a session first
   */
  abstract int from(RandomGenerator random, Prospects now, List<Integer> before);

  private static int mostly(RandomGenerator random, List<Integer> good, int all) {
    return good.isEmpty() || random.nextInt(12) == 0
        ? random.nextInt(all)
        : good.get(random.nextInt(good.size()));
  }

  private static List<Integer> tokens(Map<Integer, List<Integer>> sessions, List<Integer> before) {
    return sessions.getOrDefault(before.getFirst(), List.of());
  }
}
