// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.FdKind;
import java.util.ArrayList;

/** A program that is asked whether it could take over; its argument says what it is like. */
public final class CheckedProgram {

  private CheckedProgram() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "fit" -> open(ScriptedHandler.forMemfds(new ArrayList<>()));
      case "other-version" ->
          open(new ScriptedHandler("scripted-memfd-v2", FdKind.MEMFD, new ArrayList<>()));
      case "no-handler" -> open();
      case "broken" -> throw new IllegalStateException("the configuration is broken");
      case "hanging" -> Thread.currentThread().join();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    throw new AssertionError("luo was opened, and this was reached");
  }

  private static void open(ScriptedHandler... handlers) throws Exception {
    LiveUpdate luo = LiveUpdate.open(TwoStages.options(handlers).programVersion("2.1"));
    luo.close();
  }
}
