// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.Options;
import dev.luo.core.internal.observe.Observation;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.session.Incoming;
import dev.luo.spi.Compatible;
import java.util.List;
import java.util.Optional;

/**
 * Tells whoever looks on that luo is open: at once, or after an update when the workload runs,
 * since log and flight recorder take their time.
 */
final class Announcement {

  private final Options options;
  private final HandlerRegistry registry;
  private final Optional<Incoming> incoming;
  private final Observation observation;

  Announcement(
      Options options,
      HandlerRegistry registry,
      Optional<Incoming> incoming,
      Observation observation) {
    this.options = options;
    this.registry = registry;
    this.incoming = incoming;
    this.observation = observation;
  }

  /** Tells of it, unless something came and a workload waits for it. */
  void opened() {
    if (incoming.isEmpty()) {
      observation.opened(options.crossings(), handlers());
    }
  }

  /** Tells of it where the workload had to wait. */
  void resumed() {
    incoming.ifPresent(image -> image.announce(observation, options.crossings(), handlers()));
  }

  private List<String> handlers() {
    return registry.accepted().stream().map(Compatible::value).sorted().toList();
  }
}
