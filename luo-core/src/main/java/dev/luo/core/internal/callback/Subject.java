// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.callback;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.spi.Compatible;
import dev.luo.spi.LuoException;
import java.util.Optional;

/**
 * What is called: the handler of one file, or shared state. Its {@code toString} is what messages
 * call it.
 *
 * @param <E> what a failure of it is
 */
public interface Subject<E extends LuoException> {

  /** Returns the format of its record, which tells who is called. */
  Compatible compatible();

  /** Returns for which file it is called; empty where shared state is called for nobody's sake. */
  Optional<FileName> file();

  /** Returns how much handover memory it has now, in bytes. */
  long byteSize();

  /** Turns what came out of an operation into what luo tells its caller. */
  E failure(Step step, Throwable cause);
}
