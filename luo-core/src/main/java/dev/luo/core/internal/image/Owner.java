// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import org.jspecify.annotations.Nullable;

/** To whom a descriptor or an allocation belongs. */
public sealed interface Owner {

  // Equality is written out, because the generated methods come up by invokedynamic, which is dear
  // in a
  // virtual machine that has just started.

  /**
   * A file.
   *
   * @param session its session's place in {@link ImageContent#sessions}
   * @param file its place in {@link SessionEntry#files}
   */
  record OfFile(int session, int file) implements Owner {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OfFile that && session == that.session && file == that.file;
    }

    @Override
    public int hashCode() {
      return 31 * session + file;
    }

    @Override
    public String toString() {
      return "file " + file + " of session " + session;
    }
  }

  /**
   * State shared by several files.
   *
   * @param flb its place in {@link ImageContent#flbs}
   */
  record OfFlb(int flb) implements Owner {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OfFlb that && flb == that.flb;
    }

    @Override
    public int hashCode() {
      return ~flb;
    }

    @Override
    public String toString() {
      return "FLB " + flb;
    }
  }

  /** luo itself. */
  record OfImage() implements Owner {

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof OfImage;
    }

    @Override
    public int hashCode() {
      return 0x10ad;
    }

    @Override
    public String toString() {
      return "luo";
    }
  }

  /**
   * Nobody: what an inspection shows in place of an owner that is not there.
   *
   * @param kind as the record has it
   * @param number as the record has it
   */
  record Unknown(int kind, int number) implements Owner {

    @Override
    public String toString() {
      return "number " + Integer.toUnsignedString(number) + " of kind " + kind;
    }
  }
}
