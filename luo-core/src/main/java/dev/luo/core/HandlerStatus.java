// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Compatible;
import java.util.Set;

/**
 * One handler, as it stood when it was looked at.
 *
 * @param name the class, for people
 * @param compatible under which it is registered
 * @param writing the format that it is asked to write, one of {@code writes}
 * @param accepts the formats that it takes over
 * @param writes the formats that it can write
 * @param enabled whether it is asked for new files
 * @param preserved how many outgoing files it has
 * @param unfinished how many incoming files it accepts whose sessions are not finished
 * @param bytes how much handover memory its outgoing files occupy
 */
public record HandlerStatus(
    String name,
    Compatible compatible,
    Compatible writing,
    Set<Compatible> accepts,
    Set<Compatible> writes,
    boolean enabled,
    long preserved,
    long unfinished,
    long bytes) {

  /** Copies the sets. */
  public HandlerStatus {
    accepts = Set.copyOf(accepts);
    writes = Set.copyOf(writes);
  }
}
