// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.inspect;

import dev.luo.core.UpdateReport;
import dev.luo.core.internal.image.ExtentEntry;
import dev.luo.core.internal.image.ImageBytes;
import dev.luo.core.internal.image.ImageSurvey;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.report.ReportBlock;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Finds what a predecessor reported in an image: it is in an allocation of luo's own. */
final class Departure {

  private Departure() {}

  static Optional<UpdateReport> find(ImageSurvey survey, ImageBytes bytes) {
    return survey.extents().stream()
        .filter(extent -> extent.owner() instanceof Owner.OfImage)
        .filter(extent -> extent.byteSize() == ReportBlock.BYTE_SIZE)
        .findFirst()
        .flatMap(extent -> read(extent, bytes));
  }

  private static Optional<UpdateReport> read(ExtentEntry extent, ImageBytes bytes) {
    byte[] block = new byte[(int) extent.byteSize()];
    bytes.copyTo(MemorySegment.ofArray(block), extent.handle().value(), block.length);
    return ReportBlock.read(MemorySegment.ofArray(block)).departure();
  }
}
