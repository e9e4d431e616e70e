// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Reads the image that is published in a handover memory, and believes nothing that stands there
 * before it has been checked.
 */
public final class ImageReader {

  /** A predecessor publishes at most once in a preservation, so this many in a row are a fault. */
  private static final int MAX_ATTEMPTS = 1000;

  private ImageReader() {}

  /**
   * Reads the published image; two files with one token are an error.
   *
   * @see #read(MemorySegment, EqualTokens)
   */
  public static Image read(MemorySegment memory) throws ImageRefusedException {
    return read(memory, EqualTokens.REFUSED);
  }

  /**
   * Reads the published image.
   *
   * <p>Nothing is written. If another image is published meanwhile, that one is read.
   *
   * @param memory handover memory, mapped from its beginning, native; it stays in use by the image
   * @throws ImageRefusedException if nothing is published, or anything is wrong with it
   */
  public static Image read(MemorySegment memory, EqualTokens equalTokens)
      throws ImageRefusedException {
    if (memory.byteSize() < 2L * KernelLayout.PAGE_SIZE) {
      throw new ImageRefusedException(
          "header", "a memory of " + memory.byteSize() + " bytes is too small for an image");
    }
    HeaderWords words = new HeaderWords(memory);
    MappedBytes bytes = new MappedBytes(memory);
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      long publication = words.published();
      try {
        FirstError findings = new FirstError();
        ImageDecoder decoder = new ImageDecoder(bytes, publication, equalTokens, findings);
        decoder.decode();
        if (isStill(publication, words)) {
          return decoder.image(memory, findings.warnings());
        }
      } catch (ImageRefusedException e) {
        if (isStill(publication, words)) {
          throw e;
        }
      }
    }
    throw new ImageRefusedException(
        "header", "other images were published each time that one was being read");
  }

  private static boolean isStill(long publication, HeaderWords words) {
    // What was read before must not be read again after the word.
    VarHandle.acquireFence();
    return words.published() == publication;
  }
}
