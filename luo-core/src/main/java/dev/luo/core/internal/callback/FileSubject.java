// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import dev.luo.core.HandlerFailedException;
import dev.luo.core.HandlerFailedException.Step;
import dev.luo.spi.Compatible;
import java.util.Optional;

/** The handler of one file. */
public interface FileSubject extends Subject<HandlerFailedException> {

  /** Returns what messages call the file. */
  FileName name();

  @Override
  default Compatible compatible() {
    return name().compatible();
  }

  @Override
  default Optional<FileName> file() {
    return Optional.of(name());
  }

  @Override
  default HandlerFailedException failure(Step step, Throwable cause) {
    FileName name = name();
    return new HandlerFailedException(name.session(), name.token(), name.compatible(), step, cause);
  }
}
