// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An input that says how an image is changed: which base image (1 byte), what is put right
 * afterwards and how many pages are cut off (1 byte), then {@link Edits}.
 */
public final class ImageInput {

  private static final int PAGE = 4096;
  private static final int HEADER = 2;
  private static final int CHECKSUMS = 1;
  private static final int REFERENCES = 2;
  private static final int CUT_SHIFT = 4;

  private final byte[] image;
  private final byte[] base;
  private final boolean onlyBurst;

  private ImageInput(byte[] image, byte[] base, boolean onlyBurst) {
    this.image = image;
    this.base = base;
    this.onlyBurst = onlyBurst;
  }

  /** Returns the changed image. */
  public byte[] image() {
    return image;
  }

  /** Returns what it was made of. */
  byte[] base() {
    return base;
  }

  /** Answers whether a reader is sure to notice the change, if it concerns the image at all. */
  boolean onlyBurst() {
    return onlyBurst;
  }

  /** Carries an input out. */
  public static ImageInput of(byte[] input, List<byte[]> bases) {
    ByteBuffer bytes = ByteBuffer.wrap(input);
    int which = bytes.remaining() < HEADER ? 0 : Byte.toUnsignedInt(bytes.get());
    int what = bytes.hasRemaining() ? Byte.toUnsignedInt(bytes.get()) : 0;
    byte[] base = bases.get(which % bases.size());
    byte[] image = Arrays.copyOf(base, Math.max(0, base.length - PAGE * (what >>> CUT_SHIFT)));
    if (image.length == 0) {
      return new ImageInput(image, base, false);
    }
    Edits edits = new Edits(bytes, image.length);
    edits.applyTo(image);
    boolean checksums = (what & CHECKSUMS) != 0;
    new ImageRepair(image).repair(checksums, (what & REFERENCES) != 0);
    return new ImageInput(
        image, base, !checksums && image.length == base.length && edits.isBurst());
  }

  /** Returns each base image unchanged, with and without repair, and with a change to each page. */
  public static List<byte[]> seeds(List<byte[]> bases) {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < bases.size(); i++) {
      seeds.add(new byte[] {(byte) i, 0});
      seeds.add(new byte[] {(byte) i, CHECKSUMS | REFERENCES});
      for (int page = 0; page < bases.get(i).length / PAGE; page++) {
        byte[] seed = new byte[HEADER + Edits.BYTE_SIZE];
        seed[0] = (byte) i;
        seed[1] = CHECKSUMS;
        seed[HEADER + 1] = (byte) page;
        seed[HEADER + 2] = 16;
        seed[HEADER + 4] = 1;
        seeds.add(seed);
      }
    }
    return seeds;
  }
}
