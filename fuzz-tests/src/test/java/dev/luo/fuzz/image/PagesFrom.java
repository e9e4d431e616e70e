// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.image;

import dev.luo.core.internal.image.PageSource;
import dev.luo.linux.Errno;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;

/** Gives pages out from a place on, and takes none back. */
final class PagesFrom implements PageSource {

  private long next;
  private final long end;

  PagesFrom(long first, long end) {
    this.next = first;
    this.end = end;
  }

  @Override
  public long allocate(long byteSize, long alignment) throws LuoException {
    if (byteSize > end - next) {
      throw new LuoException("memory is full", Errno.ENOMEM, Recovery.PROVIDE_MISSING);
    }
    long offset = next;
    next += byteSize;
    return offset;
  }

  @Override
  public void free(long offset, long byteSize) {}
}
