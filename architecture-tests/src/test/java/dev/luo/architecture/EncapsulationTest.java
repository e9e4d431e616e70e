// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.luo.architecture.Scan.CLASSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What stays inside a package or a module. */
class EncapsulationTest {
  @Test
  void foreignLinker_isUsedByLinuxOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.luo.linux..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup)(\\$.*)?")
        .check(CLASSES);
  }

  @Test
  void dagger_isUsedInsideCoreOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.luo.core.internal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dagger..", "javax.inject..", "jakarta.inject..")
        .check(CLASSES);
  }

  /**
   * Programs that luo starts, or that only answer a dry start, have no other voice; execve does not
   * flush what is buffered; and the ledger's coverage is printed for whoever runs the build.
   */
  @Test
  void libraries_leaveTheStandardStreamsAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.luo.examples..")
        .and(not(startedAsPrograms()))
        .and()
        .doNotHaveFullyQualifiedName("dev.luo.core.internal.handover.Flushing")
        .and()
        .doNotHaveFullyQualifiedName("dev.luo.core.internal.handover.drystart.DryStartAnswer")
        .and()
        .doNotHaveFullyQualifiedName("dev.luo.architecture.ledger.LedgerTest")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CLASSES);
  }

  /** Core's exported types open one door to what is inside, which in turn knows those types. */
  @Test
  void packages_formNoCycle() {
    slices()
        .matching("dev.luo.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            resideInAPackage("dev.luo.core"), resideInAPackage("dev.luo.core.internal.wiring"))
        .check(CLASSES);
  }

  @Test
  void packages_areNullMarked() {
    List<JavaPackage> packages = CLASSES.stream().map(JavaClass::getPackage).distinct().toList();
    assertThat(packages)
        .isNotEmpty()
        .allMatch(part ->
            part.tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isPresent());
  }

  @Test
  void exportedSignatures_nameExportedTypesOnly() {
    List<JavaMember> hidden =
        LuoModule.all().stream()
            .flatMap(module -> exportedMembers(module))
            .filter(member ->
                member.getAllInvolvedRawTypes().stream()
                    .map(JavaClass::getBaseComponentType)
                    .anyMatch(EncapsulationTest::isHidden))
            .toList();
    assertThat(hidden).isEmpty();
  }

  @Test
  void exportedTypes_extendExportedTypesOnly() {
    List<JavaClass> hidden =
        LuoModule.all().stream()
            .flatMap(module -> exportedTypes(module))
            .filter(type ->
                Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                    .anyMatch(EncapsulationTest::isHidden))
            .toList();
    assertThat(hidden).isEmpty();
  }

  private static DescribedPredicate<JavaClass> startedAsPrograms() {
    return describe(
        "started as programs", type -> type.tryGetMethod("main", String[].class).isPresent());
  }

  private static Stream<JavaMember> exportedMembers(LuoModule module) {
    return exportedTypes(module)
        .flatMap(type -> type.getMembers().stream())
        .filter(EncapsulationTest::isVisible);
  }

  private static Stream<JavaClass> exportedTypes(LuoModule module) {
    return CLASSES.stream()
        .filter(type -> module.exports(type.getPackageName()))
        .filter(type -> type.getModifiers().contains(PUBLIC));
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
  }

  /** A type of luo that no module exports, or one of a library that core keeps to itself. */
  private static boolean isHidden(JavaClass type) {
    String name = type.getPackageName();
    if (name.startsWith("dev.luo.")) {
      return LuoModule.all().stream().noneMatch(module -> module.exports(name));
    }
    return name.matches("(dagger|javax\\.inject|jakarta\\.inject)(\\..*)?");
  }
}
