// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The facilities whose absence is a failure, as {@code LUO_REQUIRE} lists them. */
record RequiredFacilities(Set<String> names) {
  private static final String VARIABLE = "LUO_REQUIRE";
  private static final String EACH = "all";

  static String listOfEnvironment() {
    return System.getenv().getOrDefault(VARIABLE, "");
  }

  static RequiredFacilities parse(String list) {
    return new RequiredFacilities(
        Stream.of(list.split(",", -1))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableSet()));
  }

  boolean include(String facility) {
    return names.contains(EACH) || names.contains(facility);
  }

  static String skip(String facility, String reason) {
    return "%s is absent: %s; %s=%s turns this skip into a failure"
        .formatted(facility, reason, VARIABLE, facility);
  }

  static String failure(String facility, String reason) {
    return "%s requires %s, which is absent: %s".formatted(VARIABLE, facility, reason);
  }
}
