// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package org.example.app;

import dev.luo.core.LiveUpdate;
import dev.luo.spi.FileHandler;
import java.util.Objects;
import java.util.ServiceLoader;

/** Names the handlers that are found from here. */
final class Main {
  private Main() {}

  @SuppressWarnings("rawtypes") // a class literal has no type argument
  public static void main(String[] arguments) {
    Objects.requireNonNull(LiveUpdate.class.getPackage());
    ServiceLoader.load(FileHandler.class).stream()
        .map(provider -> provider.type().getName())
        .sorted()
        .forEach(System.out::println);
  }
}
