// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

/** What luo asks a handler or a shared state to do. */
enum Callback {
  CAN_PRESERVE(false),
  PRESERVE(true),
  UNPRESERVE(false),
  FREEZE(true),
  UNFREEZE(false),
  RETRIEVE(true),
  RESUME(false),
  VERIFY(true),
  CAN_FINISH(true),
  FINISH(false),
  SHARED_PRESERVE(true),
  SHARED_UNPRESERVE(false),
  SHARED_RETRIEVE(true),
  SHARED_FINISH(false);

  /** Whether it may refuse; otherwise it can only have a bug. */
  final boolean mayRefuse;

  Callback(boolean mayRefuse) {
    this.mayRefuse = mayRefuse;
  }
}
