// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** luo with a bug: one move does something else. Shows what the model would find. */
final class Mutant {

  /** What a move does instead. */
  @FunctionalInterface
  interface Instead {
    String move(Subject luo, int session) throws Exception;
  }

  private Mutant() {}

  /**
   * Puts a bug in.
   *
   * @param method the move that has it, whose first number is a session
   */
  static Subject of(Subject luo, String method, Instead bug) {
    return (Subject)
        Proxy.newProxyInstance(
            Mutant.class.getClassLoader(),
            new Class<?>[] {Subject.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                return bug.move(luo, (Integer) arguments[0]);
              }
              try {
                return called.invoke(luo, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
