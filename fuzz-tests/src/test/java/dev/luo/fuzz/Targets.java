// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz;

import dev.luo.core.internal.handover.InheritanceTarget;
import dev.luo.core.internal.handover.drystart.DescriptionFormatTarget;
import dev.luo.core.internal.handover.guardian.GuardianMessageTarget;
import dev.luo.core.internal.handover.guardian.GuardianPlanTarget;
import dev.luo.core.internal.image.fdt.FlatTreeTarget;
import dev.luo.core.internal.wiring.ArrivalTarget;
import dev.luo.fuzz.image.ImageBytesTarget;
import dev.luo.fuzz.image.ImageTarget;
import dev.luo.fuzz.memfd.MemfdHandlerTarget;
import dev.luo.handler.memfd.MemfdRecordTarget;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** All targets. */
enum Targets {
  /** An image whose checksums are right again after it was changed. */
  IMAGE,
  /** Any bytes as an image. */
  IMAGE_BYTES,
  /** The device tree of an image in luo-v1, by itself. */
  TREE,
  /** From the image to the last file, with a handler that counts. */
  ARRIVAL,
  /** The record of the memfd handler, by itself. */
  MEMFD_RECORD,
  /** The record of the memfd handler, over a handover. */
  MEMFD_HANDLER,
  /** What the predecessor reports. */
  REPORT,
  /** What a program answers to a dry start. */
  DESCRIPTION,
  /** What a guardian is told, and tells. */
  GUARDIAN_MESSAGE,
  /** What a guardian reads when it starts. */
  GUARDIAN_PLAN,
  /** The environment by which a successor learns of its handover. */
  ENVIRONMENT;

  /** Nobody reads lines about a million updates. It is kept, or the level would be lost with it. */
  private static final Logger LOG = Logger.getLogger("dev.luo");

  static {
    LOG.setLevel(Level.OFF);
  }

  /** Makes the target ready to run. */
  Target open() throws Exception {
    return switch (this) {
      case IMAGE -> new ImageTarget();
      case IMAGE_BYTES -> new ImageBytesTarget();
      case TREE -> new FlatTreeTarget();
      case ARRIVAL -> new ArrivalTarget();
      case MEMFD_RECORD -> new MemfdRecordTarget();
      case MEMFD_HANDLER -> new MemfdHandlerTarget();
      case REPORT -> new ReportBlockTarget();
      case DESCRIPTION -> new DescriptionFormatTarget();
      case GUARDIAN_MESSAGE -> new GuardianMessageTarget();
      case GUARDIAN_PLAN -> new GuardianPlanTarget();
      case ENVIRONMENT -> new InheritanceTarget();
    };
  }

  /** Returns the name that {@code ./run} and the folders of the corpus have for it. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Targets of(String title) {
    return valueOf(title.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
