// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.spi.Compatible;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DemandsTest {
  private static final Compatible MEMFD = Compatible.of("memfd-user-v1");
  private static final Compatible RING = Compatible.of("ring-v2");

  private final Demands demands =
      new Demands("luo-v5", Set.of(MEMFD, RING), Map.of("files", 10L, "sessions", 1L));

  @Test
  void missingFrom_nothing() {
    assertThat(demands.missingFrom(offer(1, "luo-v5", Set.of(MEMFD, RING), Map.of("files", 10L))))
        .isEmpty();
  }

  @Test
  void missingFrom_everything() {
    assertThat(demands.missingFrom(offer(2, "luo-v6", Set.of(MEMFD), Map.of("files", 9L))))
        .containsExactly(
            "version 1 of the exec crossing (it speaks version 2)",
            "a reader of images of form luo-v5 (it reads [luo-v6])",
            "a handler that accepts ring-v2",
            "room for 10 files (it takes 9)");
  }

  private static SuccessorDescription offer(
      int protocol, String abi, Set<Compatible> accepts, Map<String, Long> limits) {
    return new SuccessorDescription(protocol, "25", Set.of(abi), accepts, limits, Optional.empty());
  }
}
