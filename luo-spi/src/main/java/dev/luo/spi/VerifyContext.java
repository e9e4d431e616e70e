// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/** What {@link FileHandler#verify} can see. Implemented by luo, valid during the call. */
public interface VerifyContext extends IncomingContext {

  /** Returns what {@link FileHandler#retrieve} returned; its file is lent. */
  Restored restored();
}
