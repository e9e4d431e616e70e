// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.Forged.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.ImageRefusedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of sessions that cannot be, with right checksums. */
class ForgedSessionsTest {

  private Forgery image;

  @BeforeEach
  void forge() throws Exception {
    image = Forged.of(Images.ofEverything());
  }

  @Test
  void des07_twoSessions_ofOneName() {
    image.copy(image.session(0), image.session(1), 64);
    assertRefused(image.sealed(), "session block 0, entry 1", "a second session \"vm-42\"");
  }

  @Test
  void des18_session_withoutNul() {
    image.text(image.session(1), "x".repeat(64));
    assertRefused(image.sealed(), "session block 0, entry 1", "there is no NUL behind \"xxx");
  }

  @Test
  void session_withoutName() {
    image.u8(image.session(0), 0);
    assertRefused(image.sealed(), "session block 0, entry 0", "there is no text");
  }

  @Test
  void ser25_session_withMoreBehindItsName() {
    image.u8(image.session(0) + 63, 1);
    assertRefused(image.sealed(), "session block 0, entry 0", "more behind the NUL of \"vm-42\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xc3, 0xff, 0xc0})
  void session_whoseNameIsNoText(int last) {
    image.u8(image.session(0) + 4, last);
    assertRefused(image.sealed(), "session block 0, entry 0", "no UTF-8: \"vm-4\\x");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3, 4, -1, Long.MAX_VALUE, 630_001})
  void des09_session_withAnotherCount(long count) {
    image.u64(image.session(0) + 72, count);
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> ImageReader.read(image.sealed()))
        .satisfies(e -> assertThat(e.where()).contains("file block"))
        .withMessageContaining("\"vm-42\"");
  }
}
