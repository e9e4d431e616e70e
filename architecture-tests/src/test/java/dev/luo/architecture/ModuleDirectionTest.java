// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.luo.architecture.Scan.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples depend on core, core and handlers on spi, spi on linux; never the other way. */
class ModuleDirectionTest {
  private static final String JDK = "java..";
  private static final String JSPECIFY = "org.jspecify.annotations..";

  @Test
  void modules_areOnTheClassPath() {
    assertThat(LuoModule.all())
        .extracting(LuoModule::name)
        .contains(
            "dev.luo.linux",
            "dev.luo.spi",
            "dev.luo.core",
            "dev.luo.crac",
            "dev.luo.handler.memfd",
            "dev.luo.examples.memorycache");
  }

  @ParameterizedTest
  @MethodSource("dev.luo.architecture.LuoModule#all")
  void module_hasClassesInTheScan(LuoModule module) {
    assertThat(CLASSES)
        .anyMatch(type -> (type.getPackageName() + ".").startsWith(module.name() + "."));
  }

  @Test
  void linux_knowsNoOtherModule() {
    classes()
        .that()
        .resideInAPackage("dev.luo.linux..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.luo.linux..", JDK, JSPECIFY)
        .check(CLASSES);
  }

  @Test
  void spi_knowsLinuxOnly() {
    classes()
        .that()
        .resideInAPackage("dev.luo.spi..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.luo.spi..", "dev.luo.linux..", JDK, JSPECIFY)
        .check(CLASSES);
    assertThat(module("dev.luo.spi").requires())
        .containsExactly("dev.luo.linux", "java.base", "org.jspecify");
  }

  @Test
  void handlers_knowNeitherCoreNorEachOther() {
    assertThat(LuoModule.all())
        .filteredOn(LuoModule::isHandler)
        .isNotEmpty()
        .allSatisfy(handler ->
            assertThat(handler.requires())
                .filteredOn(name -> name.startsWith("dev.luo."))
                .isSubsetOf("dev.luo.spi", "dev.luo.linux"))
        .allSatisfy(handler ->
            classes()
                .that()
                .resideInAPackage(handler.name() + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                    handler.name() + "..", "dev.luo.spi..", "dev.luo.linux..", JDK, JSPECIFY)
                .check(CLASSES));
  }

  @Test
  void core_knowsNoHandlerAndNoExample() {
    noClasses()
        .that()
        .resideInAPackage("dev.luo.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.luo.handler..", "dev.luo.examples..")
        .check(CLASSES);
  }

  @Test
  void nobody_knowsAnExample() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.luo.examples..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.luo.examples..")
        .check(CLASSES);
  }

  private static LuoModule module(String name) {
    return LuoModule.all().stream()
        .filter(module -> module.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
