// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.core.UpdateReport.FileOutcome;
import dev.luo.core.UpdateReport.Phase;
import dev.luo.spi.LuoException;

/**
 * Hears of updates as they go on; given by {@link Options#listener}.
 *
 * <p>Every method is called on the thread on which the thing happens: an embedder's that calls a
 * session, or one of luo's own in an update. In an update that is inside the blackout, so a
 * listener must neither block nor take long, and must not call luo, which would wait for itself.
 * Calls may overlap. What a listener throws is logged, and changes nothing.
 */
public interface UpdateListener {

  /** A part of an update begins, such as {@code freeze}. */
  default void phaseBegan(String phase) {}

  /** A part of an update has ended, whether it succeeded or not. */
  default void phaseEnded(Phase phase) {}

  /** A call into a handler or shared state has ended; also outside updates. */
  default void called(HandlerCall call) {}

  /** An optional file has no part in the update that is under way. */
  default void dropped(FileOutcome file) {}

  /** A handler did not come back, and its file is left alone for ever. */
  default void quarantined(HandlerStuckException stuck) {}

  /**
   * An update was refused, and everything taken back. Called once for each attempt that ends in
   * this process.
   *
   * @param why what {@link LiveUpdate#update} throws; if that is unchecked, such as the {@link
   *     IllegalStateException} of a luo that was closed meanwhile, a {@link FreezeRefusedException}
   *     with that as its cause
   */
  default void refused(LuoException why) {}
}
