// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture.ledger;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A method whose name says which rules it shows: {@code ses07_fil09_duplicateNameIsRefused}.
 *
 * @param name class and method
 * @param rules ids such as {@code LUO-SES-07}, at least one
 * @param runs whether the build runs it: JUnit knows the method, it is not disabled, and its class
 *     has a name that Surefire or Failsafe looks for
 */
record TestMethod(String name, List<String> rules, boolean runs) {

  private static final Pattern RULE = Pattern.compile("([a-z]{3})(\\d{2})_");
  private static final String TESTABLE = "org.junit.platform.commons.annotation.Testable";
  private static final String DISABLED = "org.junit.jupiter.api.Disabled";

  /** Finds those in classes that can be instantiated, inherited ones included. */
  static List<TestMethod> readFrom(JavaClasses testClasses) {
    return testClasses.stream()
        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
        .flatMap(type -> type.getAllMethods().stream().map(method -> read(type, method)))
        .filter(test -> !test.rules().isEmpty())
        .toList();
  }

  private static TestMethod read(JavaClass type, JavaMethod method) {
    return new TestMethod(
        type.getSimpleName() + "." + method.getName(),
        rulesIn(method.getName()),
        method.isMetaAnnotatedWith(TESTABLE) && !method.isAnnotatedWith(DISABLED) && isRun(type));
  }

  static List<String> rulesIn(String methodName) {
    List<String> rules = new ArrayList<>();
    Matcher rule = RULE.matcher(methodName);
    while (rule.lookingAt()) {
      rules.add("LUO-%s-%s".formatted(rule.group(1).toUpperCase(Locale.ROOT), rule.group(2)));
      rule.region(rule.end(), methodName.length());
    }
    return rules;
  }

  private static boolean isRun(JavaClass type) {
    if (type.isAnnotatedWith(DISABLED)) {
      return false;
    }
    return type.getEnclosingClass()
        .map(TestMethod::isRun)
        .orElseGet(() -> type.getSimpleName().matches(".*(Test|IT)"));
  }
}
