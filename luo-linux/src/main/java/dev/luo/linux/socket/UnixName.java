// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The address of a socket within this machine: a path, an abstract name, or none. Immutable.
 *
 * <p>Kept byte by byte, because abstract names need not be text.
 */
public final class UnixName implements SocketName {
  /** How many bytes the kernel has room for. */
  static final int CAPACITY = 108;

  private static final UnixName UNNAMED = new UnixName(new byte[0]);

  /**
   * As in the kernel's structure, without the NUL that ends a path; an abstract name begins with
   * one.
   */
  private final byte[] bytes;

  private UnixName(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A path in the file system.
   *
   * @param path the path, passed as UTF-8
   * @return the address
   * @throws IllegalArgumentException if it is empty, longer than 107 bytes or contains NUL
   */
  public static UnixName path(String path) {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length >= CAPACITY || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a socket's path has 1 to 107 bytes without NUL: \"" + path + "\"");
    }
    return new UnixName(bytes);
  }

  /**
   * A name in the network namespace, which goes away with the socket.
   *
   * @param name the name, passed as UTF-8
   * @return the address
   * @throws IllegalArgumentException if it is longer than 107 bytes
   */
  public static UnixName abstractName(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    if (text.length >= CAPACITY) {
      throw new IllegalArgumentException("an abstract name has up to 107 bytes: \"" + name + "\"");
    }
    byte[] bytes = new byte[text.length + 1];
    System.arraycopy(text, 0, bytes, 1, text.length);
    return new UnixName(bytes);
  }

  /**
   * The address of a socket that has not been bound. Binding to it makes the kernel choose an
   * abstract name.
   *
   * @return the address
   */
  public static UnixName unnamed() {
    return UNNAMED;
  }

  /** Reads what the kernel wrote. */
  static UnixName ofBytes(byte[] bytes) {
    int length = bytes.length;
    if (length > 0 && bytes[0] != 0) {
      length = 0;
      while (length < bytes.length && bytes[length] != 0) {
        length++;
      }
    }
    return new UnixName(Arrays.copyOf(bytes, length));
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** How many bytes of the structure count: a path is passed with the NUL that ends it. */
  int encodedLength() {
    return isUnnamed() || isAbstract() ? bytes.length : bytes.length + 1;
  }

  /**
   * Tells whether it is an abstract name.
   *
   * @return true if it is
   */
  public boolean isAbstract() {
    return bytes.length > 0 && bytes[0] == 0;
  }

  /**
   * Tells whether there is no name.
   *
   * @return true if there is none
   */
  public boolean isUnnamed() {
    return bytes.length == 0;
  }

  /**
   * Tells the path or the abstract name, decoded as UTF-8.
   *
   * @return the text, empty if there is no name
   */
  public String text() {
    int start = isAbstract() ? 1 : 0;
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }

  @Override
  public SocketDomain domain() {
    return SocketDomain.UNIX;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UnixName that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /**
   * Shows the address as tools do: an abstract name behind {@code @}.
   *
   * @return such as {@code "/run/luo.sock"}, {@code "@luo"} or {@code "(unnamed)"}
   */
  @Override
  public String toString() {
    if (isUnnamed()) {
      return "(unnamed)";
    }
    return (isAbstract() ? "@" : "") + text().replace('\0', '@');
  }
}
