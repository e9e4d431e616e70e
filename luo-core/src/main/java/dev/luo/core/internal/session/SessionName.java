// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.InvalidSessionNameException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What names a session: 1 to 63 bytes of UTF-8 without NUL (LUO-SES-01 to LUO-SES-06). */
final class SessionName {

  private static final int MAX_BYTES = 63;

  private SessionName() {}

  static String checked(String name) throws InvalidSessionNameException {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
    } catch (CharacterCodingException e) {
      throw new InvalidSessionNameException(name, "it is not Unicode text");
    }
    if (bytes.remaining() == 0) {
      throw new InvalidSessionNameException(name, "it is empty");
    }
    if (bytes.remaining() > MAX_BYTES) {
      throw new InvalidSessionNameException(
          name, "it has " + bytes.remaining() + " bytes, more than " + MAX_BYTES);
    }
    if (name.indexOf('\0') >= 0) {
      throw new InvalidSessionNameException(name, "it contains NUL");
    }
    return name;
  }
}
