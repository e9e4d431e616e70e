// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.memory;

import dev.luo.core.internal.image.PageSource;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets the image allocate its own structures in an arena. They are not listed in the image.
 * Thread-safe.
 */
public final class ImagePages implements PageSource {

  private final HandoverArena arena;
  private final Map<Long, Extent> taken = new HashMap<>();

  /** Creates a source that has given out nothing yet. */
  public ImagePages(HandoverArena arena) {
    this.arena = arena;
  }

  @Override
  public synchronized long allocate(long byteSize, long alignment) throws LuoException {
    Extent extent = arena.allocate(byteSize, alignment, Integrity.UNCHECKED, this);
    taken.put(extent.offset(), extent);
    return extent.offset();
  }

  @Override
  public synchronized void free(long offset, long byteSize) {
    Extent extent = taken.remove(offset);
    if (extent == null) {
      throw new IllegalArgumentException("not taken for an image: " + offset);
    }
    arena.free(extent);
  }
}
