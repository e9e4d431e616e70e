// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.flb;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.callback.Subject;
import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Compatible;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Recovery;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shared state, called for the sake of one file.
 *
 * @param memory how much handover memory it has
 */
record SharedSubject(Compatible compatible, Optional<FileName> file, LongSupplier memory)
    implements Subject<HandlerException> {

  @Override
  public long byteSize() {
    return memory.getAsLong();
  }

  @Override
  public HandlerException failure(Step step, Throwable cause) {
    Errno errno =
        switch (cause) {
          case LuoException e -> e.errno();
          case LinuxException e -> e.errno();
          default -> Errno.EIO;
        };
    Recovery usual = step == Step.RETRIEVE ? Recovery.START_COLD : Recovery.ABORT_UPDATE;
    return new HandlerException(
        "%s failed for %s [%s]: %s"
            .formatted(step.operation(), this, errno.name(), cause.getMessage()),
        errno,
        cause instanceof LuoException e ? e.recovery() : usual,
        cause);
  }

  @Override
  public String toString() {
    return "shared state " + compatible + file.map(name -> " of " + name).orElse("");
  }
}
