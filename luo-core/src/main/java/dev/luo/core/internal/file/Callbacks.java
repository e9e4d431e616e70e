// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.HandlerFailedException;
import dev.luo.core.HandlerFailedException.Step;
import dev.luo.spi.LuoException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Calls into handlers: whatever comes out of one is turned into what luo knows. */
final class Callbacks {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private Callbacks() {}

  @FunctionalInterface
  interface Fallible<T extends @Nullable Object> {
    T call() throws LuoException, IOException;
  }

  /**
   * Runs an operation that may fail. An unchecked failure counts too, and is logged as a bug of the
   * handler.
   */
  static <T extends @Nullable Object> T attempt(FileName file, Step step, Fallible<T> operation)
      throws HandlerFailedException {
    try {
      return operation.call();
    } catch (LuoException | IOException e) {
      throw new HandlerFailedException(file.session(), file.token(), file.compatible(), step, e);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "bug in the handler of " + file + ", at " + step, e);
      throw new HandlerFailedException(file.session(), file.token(), file.compatible(), step, e);
    }
  }
}
