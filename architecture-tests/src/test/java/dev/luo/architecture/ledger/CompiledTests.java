// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture.ledger;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.luo.architecture.Pom;
import dev.luo.architecture.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The test classes of this build, read without being loaded. */
final class CompiledTests {
  private static final String SOURCES = "src/test/java";
  private static final String CLASSES = "target/test-classes";

  private CompiledTests() {}

  static JavaClasses ofAllModules() {
    List<Path> folders =
        Pom.modules().stream()
            .map(Repository::file)
            .filter(module -> Files.exists(module.resolve(SOURCES)))
            .map(module -> module.resolve(CLASSES))
            .toList();
    for (Path folder : folders) {
      if (!Files.exists(folder)) {
        throw new AssertionError(
            folder + " is missing: the tests of all modules are compiled first");
      }
    }
    return new ClassFileImporter()
        .importPaths(folders)
        .that(describe("have a source", CompiledTests::hasSource))
        .that(describe("are no made-up examples", type -> !isExample(type)));
  }

  /** Tests of the ledger itself name rules that there are not. */
  private static boolean isExample(JavaClass type) {
    return type.getPackageName().equals(CompiledTests.class.getPackageName());
  }

  /** Whether it is no left-over of an earlier build. */
  private static boolean hasSource(JavaClass type) {
    Source source = type.getSource().orElseThrow();
    Path classFile = Path.of(source.getUri());
    return source
        .getFileName()
        .map(name -> classFile.resolveSibling(name).toString().replace(CLASSES, SOURCES))
        .map(Path::of)
        .filter(Files::exists)
        .isPresent();
  }
}
