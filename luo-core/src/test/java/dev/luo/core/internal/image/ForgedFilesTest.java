// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.Forged.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.ImageRefusedException;
import dev.luo.spi.Token;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries and flags of files that cannot be, with right checksums. */
class ForgedFilesTest {

  private Forgery image;

  @BeforeEach
  void forge() throws Exception {
    image = Forged.of(Images.ofEverything());
  }

  @Test
  void des12_twoFiles_withOneToken() {
    image.u64(image.file(0, 1) + 56, 1);
    assertRefused(image.sealed(), "file block 0 of session 0", "two files with the token 0x1");
  }

  @Test
  void des12_twoFilesFarApart_withOneToken() throws Exception {
    image = Forged.of(Images.ofSessions(List.of(new SessionEntry("s", Images.files(200)))));
    long last = image.u64(image.u64(image.u64(image.file(0, 0) - 16)));
    image.u64(last + 16 + 56, 17);
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> ImageReader.read(image.sealed()))
        .withMessageContaining("two files with the token 0x11");
  }

  @Test
  void des12_twoFiles_withOneToken_areKeptInOrderIfThatIsAccepted() throws Exception {
    image.u64(image.file(0, 1) + 56, 1);
    Image read = ImageReader.read(image.sealed(), EqualTokens.ACCEPTED);
    assertThat(read.content().sessions().getFirst().files())
        .extracting(FileEntry::token)
        .containsExactly(Token.of(1), Token.of(1));
  }

  @Test
  void des18_file_withoutNul() {
    image.text(image.file(0, 0), "x".repeat(48));
    assertRefused(image.sealed(), "file block 0 of session 0, entry 0", "no NUL");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "é", "a b", "\t", "\u007f"})
  void file_whoseCompatibleIsNone(String compatible) {
    image.memory().asSlice(image.file(0, 0), 48).fill((byte) 0);
    image.text(image.file(0, 0), compatible);
    assertRefused(image.sealed(), "file block 0 of session 0, entry 0", "no compatible string");
  }

  @Test
  void file_withoutCompatible() {
    image.memory().asSlice(image.file(0, 1), 48).fill((byte) 0);
    assertRefused(image.sealed(), "file block 0 of session 0, entry 1", "there is no text");
  }

  @Test
  void ser25_file_withMoreBehindItsCompatible() {
    image.u8(image.file(2, 0) + 47, 1);
    assertRefused(image.sealed(), "file block 0 of session 2, entry 0", "more behind the NUL");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 0x100, Integer.MIN_VALUE})
  void fileFlags_thatAreUnknown(int flags) {
    image.u32(image.record(Forgery.FILE_FLAGS, 4, 1), flags);
    assertRefused(image.sealed(), "file flags, record 1", "flags 0x" + Integer.toHexString(flags));
  }

  @Test
  void fileFlags_ofFewerFiles() {
    long length = image.directoryEntry(Forgery.FILE_FLAGS) + 16;
    image.u64(length, 8);
    assertRefused(image.sealed(), "file flags", "flags of 2 files, and there are 3");
  }
}
