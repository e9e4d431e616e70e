// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Fd;
import dev.luo.spi.Fidelity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that crossed.
 *
 * @param file a descriptor of the caller's own
 * @param fidelity how true to the original it is
 * @param note what is different, for people; empty if nothing is
 * @param attachment what the handler gave back for the embedder
 */
public record RetrievedFile(Fd file, Fidelity fidelity, String note, @Nullable Object attachment) {

  /** Returns what the handler gave back, if it is of that type. */
  public <A> Optional<A> attachment(Class<A> type) {
    return type.isInstance(attachment) ? Optional.of(type.cast(attachment)) : Optional.empty();
  }
}
