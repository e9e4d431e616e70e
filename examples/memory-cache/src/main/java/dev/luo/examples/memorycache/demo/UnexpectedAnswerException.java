// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.demo;

import java.io.IOException;

/** Thrown when the cache answers what it must not, unlike when a connection merely ends. */
final class UnexpectedAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  UnexpectedAnswerException(String request, String answer) {
    super("the cache answered \"" + answer + "\" to \"" + request + '"');
  }
}
