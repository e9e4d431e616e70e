// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

/** The shared states (FLBs) of the game. Two of them claim the same string. */
enum SharedKind {
  F("f-v1"),
  G("g-v1"),
  H("h-v1"),
  PRETENDER("f-v1");

  final String compatible;

  SharedKind(String compatible) {
    this.compatible = compatible;
  }
}
