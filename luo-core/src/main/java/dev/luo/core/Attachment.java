// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What only the embedder knows of a file: a ledger, a policy, bytes read and not yet answered. The
 * handler sees the object itself, so that its state at freeze is what crosses.
 */
public final class Attachment {

  /** Nothing to say. */
  public static final Attachment NONE = new Attachment(null);

  private final @Nullable Object value;

  private Attachment(@Nullable Object value) {
    this.value = value;
  }

  /** Returns an attachment that a handler finds by the value's type. */
  public static Attachment of(Object value) {
    return new Attachment(value);
  }

  /** Returns the value if it is of that type. */
  public <A> Optional<A> as(Class<A> type) {
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }
}
