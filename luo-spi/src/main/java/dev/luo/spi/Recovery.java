// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

/** What to do now, after a failure. May gain constants. */
public enum Recovery {
  /** The call was wrong: the same arguments will fail again. */
  FIX_ARGUMENTS,
  /** Nothing is lost and nothing has changed; the same call may succeed later. */
  RETRY_LATER,
  /** The update is off, the predecessor goes on; find the cause before the next one. */
  ABORT_UPDATE,
  /** Supply what is missing (a handler, a right, a limit) and ask again. */
  PROVIDE_MISSING,
  /** The state cannot be used by this process; it is still there to be inspected. */
  START_COLD,
  /** Only a restart of the host helps. */
  RESTART_HOST
}
