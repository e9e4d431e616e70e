// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** All classes of luo, read once: it takes longer than all rules together. */
final class Scan {
  static final JavaClasses CLASSES = new ClassFileImporter().importPackages("dev.luo");

  private Scan() {}
}
