// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The name of an item: 1 to 250 bytes, none of them a space or a control character. */
public final class Key {
  /** The most bytes a key may have. */
  public static final int MAXIMUM_LENGTH = 250;

  private final byte[] bytes;

  private Key(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns whether these bytes may be a key. */
  public static boolean isValid(byte[] array, int offset, int length) {
    if (length < 1 || length > MAXIMUM_LENGTH) {
      return false;
    }
    for (int i = offset; i < offset + length; i++) {
      int octet = array[i] & 0xff;
      if (octet <= ' ' || octet == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /**
   * Copies the bytes of a key.
   *
   * @throws IllegalArgumentException if they may not be one
   */
  public static Key of(byte[] array, int offset, int length) {
    if (!isValid(array, offset, length)) {
      throw new IllegalArgumentException("not a key: " + length + " bytes");
    }
    return new Key(Arrays.copyOfRange(array, offset, offset + length));
  }

  /** Returns the key with this name in UTF-8. */
  public static Key of(String name) {
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    return of(encoded, 0, encoded.length);
  }

  /** Returns the bytes of this key; they must not be changed. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
