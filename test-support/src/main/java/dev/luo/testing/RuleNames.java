// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGenerator;

/**
 * Turns names of test methods into sentences, and the ids of rules at their beginning into what the
 * specification calls them: {@code ses07_fil09_duplicateNameIsRefused} is shown as {@code
 * LUO-SES-07 LUO-FIL-09 duplicate name is refused}.
 *
 * <p>An id is three small letters, the group, and two digits. {@code junit-platform.properties}
 * makes this the generator of every module that has this one on its class path;
 * {@code @DisplayName} has precedence.
 */
public final class RuleNames extends DisplayNameGenerator.Standard {

  private static final Pattern RULE = Pattern.compile("([a-z]{3})(\\d{2})_");
  private static final Pattern WORD_BOUNDARY =
      Pattern.compile("_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /** Called by JUnit. */
  public RuleNames() {}

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosingInstanceTypes, Class<?> testClass, Method testMethod) {
    return shown(testMethod.getName());
  }

  static String shown(String methodName) {
    StringBuilder rules = new StringBuilder();
    Matcher rule = RULE.matcher(methodName);
    while (rule.lookingAt()) {
      rules.append("LUO-%s-%s ".formatted(rule.group(1).toUpperCase(Locale.ROOT), rule.group(2)));
      rule.region(rule.end(), methodName.length());
    }
    return rules + sentence(methodName.substring(rule.regionStart()));
  }

  private static String sentence(String name) {
    return Stream.of(WORD_BOUNDARY.split(name))
        .map(RuleNames::word)
        .collect(Collectors.joining(" "));
  }

  /** Names of errors and the like are kept as they are. */
  private static String word(String part) {
    boolean isAcronym = part.length() > 1 && part.equals(part.toUpperCase(Locale.ROOT));
    return isAcronym ? part : part.toLowerCase(Locale.ROOT);
  }
}
