// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageRefusedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text in a field of fixed width: UTF-8, at least one byte, a NUL, and zeroes up to the end. */
final class TextField {

  private TextField() {}

  /**
   * Writes text to a field that holds zeroes.
   *
   * @throws IllegalArgumentException if it is empty, too long, has a NUL in it or is no Unicode
   *     text
   */
  static void write(Page page, int at, int width, String text) {
    byte[] bytes = page.bytes();
    int length = text.length();
    boolean ascii = length > 0 && length < width;
    for (int i = 0; i < length && ascii; i++) {
      char c = text.charAt(i);
      bytes[at + i] = (byte) c;
      ascii = c > 0 && c < 0x80;
    }
    if (!ascii) {
      byte[] encoded = encode(text, width - 1);
      System.arraycopy(encoded, 0, bytes, at, encoded.length);
    }
  }

  private static byte[] encode(String text, int limit) {
    ByteBuffer encoded;
    try {
      encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("no Unicode text: \"" + text + '"', e);
    }
    int length = encoded.remaining();
    if (length == 0 || length > limit || text.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "must have 1 to " + limit + " bytes and no NUL: \"" + text + '"');
    }
    byte[] bytes = new byte[length];
    encoded.get(bytes);
    return bytes;
  }

  /** Reads a field that may hold anything (LUO-DES-18); what is no text is shown as a message. */
  static String read(Page page, int at, int width, Place place, String field, Findings findings)
      throws ImageRefusedException {
    int length = length(page, at, width, place, field, findings);
    byte[] bytes = page.bytes();
    for (int i = at; i < at + length; i++) {
      if (bytes[i] < 0) {
        return decode(bytes, at, length, place, field, findings);
      }
    }
    return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
  }

  /** Measures the text in a field, and checks what is around it. */
  static int length(Page page, int at, int width, Place place, String field, Findings findings)
      throws ImageRefusedException {
    byte[] bytes = page.bytes();
    int length = 0;
    while (length < width && bytes[at + length] != 0) {
      length++;
    }
    if (length == 0) {
      findings.error(place, at, field, "there is no text");
    }
    if (length == width) {
      findings.error(place, at, field, "there is no NUL behind " + quoted(page, at, width));
    } else if (!page.isZero(at + length, at + width)) {
      findings.error(
          place, at, field, "there is more behind the NUL of " + quoted(page, at, length));
    }
    return length;
  }

  private static String decode(
      byte[] bytes, int at, int length, Place place, String field, Findings findings)
      throws ImageRefusedException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, at, length))
          .toString();
    } catch (CharacterCodingException e) {
      String shown = quoted(bytes, at, length);
      findings.error(place, at, field, "no UTF-8: " + shown);
      return shown;
    }
  }

  /** Shows a field that may hold anything, for a message. */
  static String quoted(Page page, int at, int width) {
    return quoted(page.bytes(), at, width);
  }

  private static String quoted(byte[] bytes, int at, int width) {
    StringBuilder text = new StringBuilder(width + 2).append('"');
    for (int i = at; i < at + width; i++) {
      char c = (char) (bytes[i] & 0xff);
      if (c >= ' ' && c < 0x7f) {
        text.append(c);
      } else {
        text.append("\\x")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      }
    }
    return text.append('"').toString();
  }
}
