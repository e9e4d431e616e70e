// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;

/** Evaluates {@link RequiresFacility} on a class or a method. */
final class FacilityCondition implements ExecutionCondition {
  /** Stands in for the environment variable, which a test of this class cannot set. */
  static final String PARAMETER = "luo.require";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    RequiredFacilities required =
        RequiredFacilities.parse(
            context
                .getConfigurationParameter(PARAMETER)
                .orElseGet(RequiredFacilities::listOfEnvironment));
    for (RequiresFacility facility :
        AnnotationSupport.findRepeatableAnnotations(context.getElement(), RequiresFacility.class)) {
      Optional<String> lack = firstLackOf(facility);
      if (lack.isEmpty()) {
        continue;
      }
      if (required.include(facility.value())) {
        throw new AssertionFailedError(RequiredFacilities.failure(facility.value(), lack.get()));
      }
      return ConditionEvaluationResult.disabled(
          RequiredFacilities.skip(facility.value(), lack.get()));
    }
    return ConditionEvaluationResult.enabled("every required facility is present");
  }

  private static Optional<String> firstLackOf(RequiresFacility facility) {
    if (facility.commands().length + facility.files().length == 0) {
      throw new ExtensionConfigurationException(
          "facility %s names neither a command nor a file to look for".formatted(facility.value()));
    }
    return Stream.concat(
            Arrays.stream(facility.commands())
                .filter(command -> !isOnPath(command))
                .map("no command %s on PATH"::formatted),
            Arrays.stream(facility.files())
                .filter(file -> !Files.isReadable(Path.of(file)))
                .map("%s cannot be read"::formatted))
        .findFirst();
  }

  private static boolean isOnPath(String command) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(folder -> Path.of(folder, command))
        .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
  }
}
