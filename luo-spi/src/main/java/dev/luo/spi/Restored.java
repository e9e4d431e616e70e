// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Fd;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link FileHandler#retrieve}.
 *
 * @param file the file. Either a descriptor of the handler's own, which from now on belongs to luo,
 *     or the view that {@link IncomingRecord#borrow} lent, of which luo makes what it needs
 * @param fidelity how true to the original it is
 * @param note what is different, for people; empty if {@link Fidelity#LIVE}
 * @param attachment what the embedder gets back beside the file: the counterpart of {@link
 *     OutgoingRecord#attachment}. If it is {@link AutoCloseable} and the embedder never asks for
 *     the file, luo closes it when the session is finished
 */
public record Restored(Fd file, Fidelity fidelity, String note, @Nullable Object attachment) {

  /** Checks that everything but the attachment is there. */
  public Restored {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(fidelity, "fidelity");
    Objects.requireNonNull(note, "note");
  }

  /** Returns a file that is the original itself. */
  public static Restored live(Fd file) {
    return new Restored(file, Fidelity.LIVE, "", null);
  }

  /** Returns a file that was made anew and behaves like the original. */
  public static Restored rebuilt(Fd file, String note) {
    return new Restored(file, Fidelity.REBUILT, note, null);
  }

  /** Returns a file that lacks something the original had. */
  public static Restored degraded(Fd file, String note) {
    return new Restored(file, Fidelity.DEGRADED, note, null);
  }

  /** Returns what the embedder gets back, if it is of that type. */
  public <A> Optional<A> attachment(Class<A> type) {
    return type.isInstance(attachment) ? Optional.of(type.cast(attachment)) : Optional.empty();
  }

  /** Returns the same with something for the embedder. */
  public Restored with(Object attachmentForEmbedder) {
    return new Restored(file, fidelity, note, attachmentForEmbedder);
  }
}
