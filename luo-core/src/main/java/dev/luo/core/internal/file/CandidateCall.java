// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.callback.FileSubject;
import dev.luo.core.internal.descriptor.Call;
import dev.luo.linux.Fd;
import dev.luo.spi.Deadline;

/** The question whether a handler takes a file; there is nothing of the file yet but its name. */
final class CandidateCall extends Call implements FileSubject {

  private final FileName name;
  private final Fd fd;

  CandidateCall(FileName name, Fd fd, Deadline deadline) {
    super(deadline);
    this.name = name;
    this.fd = fd;
  }

  Fd candidate() {
    return lend(fd);
  }

  @Override
  public FileName name() {
    return name;
  }

  @Override
  public long byteSize() {
    return 0;
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
