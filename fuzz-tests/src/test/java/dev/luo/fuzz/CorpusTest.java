// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What was worth keeping once holds for good. */
@Timeout(120)
class CorpusTest {

  @TestFactory
  Stream<DynamicContainer> everyKeptInput() {
    return Stream.of(Targets.values()).map(CorpusTest::inputs);
  }

  private static DynamicContainer inputs(Targets title) {
    try {
      Target target = title.open();
      return dynamicContainer(
          title.title(),
          Corpus.of(title, target).entrySet().stream()
              .map(input -> dynamicTest(input.getKey(), () -> target.test(input.getValue()))));
    } catch (Exception e) {
      throw new AssertionError(title.title(), e);
    }
  }
}
