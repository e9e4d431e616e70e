// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/**
 * What became of an incoming file until it is finished. Not sealed: luo may gain a case, so a
 * {@code switch} over it needs a default.
 */
public interface Retrieval {

  /** Nobody asked for the file. Its handler finishes it all the same, and discards it. */
  record NotAttempted() implements Retrieval {}

  /**
   * The file was rebuilt.
   *
   * @param restored the handler's result; its file is lent during the call
   */
  record Retrieved(Restored restored) implements Retrieval {}

  /**
   * The handler failed.
   *
   * @param failure as it is answered to everybody who asks again
   */
  record Failed(LuoException failure) implements Retrieval {}
}
