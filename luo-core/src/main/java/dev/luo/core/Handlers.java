// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.spi.Compatible;
import java.util.List;

/**
 * The handlers of one luo, to be looked at and switched at run time. Thread-safe.
 *
 * <p>To switch a handler off is the mild form of {@link LiveUpdate#unregister}: it is asked for no
 * new file, and all else stays. Files that it has are frozen, cross and are released by it; files
 * that came are retrieved and finished by it.
 */
public interface Handlers {

  /** Lists all, in the order in which they are asked. */
  List<HandlerStatus> list();

  /**
   * Has a handler asked for no new file. Again, this has no effect.
   *
   * @param compatible the handler's own {@link dev.luo.spi.FileHandler#compatible()}
   * @throws NoHandlerException if none is registered under it
   */
  void switchOff(Compatible compatible) throws NoHandlerException;

  /**
   * Has a handler asked again, in its old place.
   *
   * @param compatible the handler's own {@link dev.luo.spi.FileHandler#compatible()}
   * @throws NoHandlerException if none is registered under it
   */
  void switchOn(Compatible compatible) throws NoHandlerException;
}
