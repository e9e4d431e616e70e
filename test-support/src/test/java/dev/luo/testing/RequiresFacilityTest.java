// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.cause;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class RequiresFacilityTest {
  private static final String REASON = "/nowhere/unobtainium cannot be read";

  @Test
  void requiresFacility_onMethodWherePresent() {
    run(OnMethods.class, "")
        .testEvents()
        .assertThatEvents()
        .haveExactly(1, event(test("present"), finishedSuccessfully()));
  }

  @Test
  void requiresFacility_onMethodWhereAbsent() {
    run(OnMethods.class, "")
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            2, event(test("absent"), skippedWithReason(reason -> reason.contains(": " + REASON))));
  }

  @Test
  void requiresFacility_skipSaysHowToInsist() {
    run(OnMethods.class, "")
        .testEvents()
        .assertThatEvents()
        .haveAtLeastOne(
            event(skippedWithReason(reason -> reason.contains("LUO_REQUIRE=unobtainium"))));
  }

  @Test
  void requiresFacility_whereAbsentAndInsistedOnByName() {
    run(OnMethods.class, "kvm, unobtainium")
        .testEvents()
        .assertThatEvents()
        .haveExactly(2, event(test("absent"), finishedWithFailure(insisted())));
  }

  @Test
  void requiresFacility_whereAbsentAndAllInsistedOn() {
    run(OnMethods.class, "all")
        .testEvents()
        .assertThatEvents()
        .haveExactly(2, event(test("absent"), finishedWithFailure()));
  }

  @Test
  void requiresFacility_whereAbsentAndAnotherInsistedOn() {
    run(OnMethods.class, "unobtain").testEvents().assertStatistics(s -> s.failed(0).skipped(2));
  }

  @Test
  void requiresFacility_onClass() {
    run(OnClass.class, "")
        .containerEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(
                container(OnClass.class), skippedWithReason(reason -> reason.contains("no-such"))));
    run(OnClass.class, "all")
        .containerEvents()
        .assertThatEvents()
        .haveExactly(1, event(container(OnClass.class), finishedWithFailure()));
  }

  @Test
  void requiresFacility_withNothingToLookFor() {
    run(Nothing.class, "")
        .testEvents()
        .assertThatEvents()
        .haveExactly(
            1,
            event(finishedWithFailure(cause(instanceOf(ExtensionConfigurationException.class)))));
  }

  private static Condition<Throwable> insisted() {
    return message(m -> m.startsWith("LUO_REQUIRE requires unobtainium") && m.endsWith(REASON));
  }

  private static EngineExecutionResults run(Class<?> tests, String required) {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(FacilityCondition.PARAMETER, required)
            .selectors(selectClass(tests))
            .execute();
    assertThat(results.allEvents().count()).isPositive();
    return results;
  }

  static class OnMethods {
    @Test
    @RequiresFacility(value = "shell", commands = "sh", files = "/dev/null")
    void present() {}

    @Test
    @RequiresFacility(value = "unobtainium", files = "/nowhere/unobtainium")
    void absent() {
      throw new AssertionError("was run");
    }

    @Test
    @RequiresFacility(value = "shell", commands = "sh")
    @RequiresFacility(value = "unobtainium", files = "/nowhere/unobtainium")
    void absentSecond() {
      throw new AssertionError("was run");
    }
  }

  @RequiresFacility(value = "no-such", commands = "no-such-command")
  static class OnClass {
    @Test
    void absent() {
      throw new AssertionError("was run");
    }
  }

  static class Nothing {
    @Test
    @RequiresFacility("nothing")
    void test() {}
  }
}
