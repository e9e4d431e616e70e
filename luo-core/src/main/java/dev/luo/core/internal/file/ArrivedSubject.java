// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.callback.FileSubject;
import dev.luo.core.internal.image.ExtentEntry;
import dev.luo.core.internal.image.Image;

/** The handler of a file that was handed over. */
record ArrivedSubject(IncomingFile arrived, Image image) implements FileSubject {

  @Override
  public FileName name() {
    return arrived.name();
  }

  /** What came is the record behind its handle. */
  @Override
  public long byteSize() {
    return image.extent(arrived.entry.handle()).map(ExtentEntry::byteSize).orElse(0L);
  }

  @Override
  public String toString() {
    return name().toString();
  }
}
