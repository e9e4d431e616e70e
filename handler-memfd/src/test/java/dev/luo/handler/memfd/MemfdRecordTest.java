// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.luo.linux.Errno;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.linux.StatusFlags;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.HandlerException;
import dev.luo.spi.LuoException;
import dev.luo.spi.Slot;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a record, in both parts, right and wrong. */
class MemfdRecordTest {
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong U64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final StatusFlags READ_WRITE = new StatusFlags(OpenFlag.READ_WRITE.bits());
  private static final SealSet GROW = SealSet.of(Seal.GROW);
  private static final MemfdRecord RECORD =
      new MemfdRecord(
          new FileIdentity(0x1122_3344_5566L, 0x7788_99AA_BBCCL),
          2 << 20,
          GROW,
          0640,
          READ_WRITE,
          0x0123_4567_89AB_CDEFL,
          new Slot(0x0102_0304),
          "ram");
  private static final FrozenPart FROZEN =
      new FrozenPart(
          SealSet.of(Seal.GROW, Seal.SHRINK),
          0x1FED_CBA9_8765_4321L,
          0x0A0B_0C0D_0E0F_1011L,
          0600,
          READ_WRITE.with(OpenFlag.APPEND));

  @Test
  void encode_layout() {
    MemorySegment bytes = frozen(RECORD, FROZEN);

    assertThat(bytes.byteSize()).isEqualTo(111);
    assertThat(ascii(bytes.asSlice(0, 4))).isEqualTo("LMFD");
    assertThat(bytes.get(U32, 4)).isEqualTo(108 << 16 | 1);
    assertThat(bytes.get(U32, 8)).isEqualTo(111);
    assertThat(bytes.get(U32, 12)).isEqualTo(1);
    assertThat(bytes.get(U64, 16)).isEqualTo(0x1122_3344_5566L);
    assertThat(bytes.get(U64, 24)).isEqualTo(0x7788_99AA_BBCCL);
    assertThat(bytes.get(U64, 32)).isEqualTo(2 << 20);
    assertThat(bytes.get(U64, 40)).isEqualTo(0x0123_4567_89AB_CDEFL);
    assertThat(bytes.get(U32, 48)).isEqualTo(0x04);
    assertThat(bytes.get(U32, 52)).isEqualTo(0640);
    assertThat(bytes.get(U32, 56)).isEqualTo(2);
    assertThat(bytes.get(U32, 60)).isEqualTo(0x0102_0304);
    assertThat(bytes.get(U32, 64)).isEqualTo(3);
    assertThat(bytes.get(U32, 68)).isEqualTo(crc(bytes, 0, 68, 108, 3));
    assertThat(bytes.get(U32, 72)).isEqualTo(1);
    assertThat(bytes.get(U32, 76)).isEqualTo(0x06);
    assertThat(bytes.get(U64, 80)).isEqualTo(0x1FED_CBA9_8765_4321L);
    assertThat(bytes.get(U64, 88)).isEqualTo(0x0A0B_0C0D_0E0F_1011L);
    assertThat(bytes.get(U32, 96)).isEqualTo(0600);
    assertThat(bytes.get(U32, 100)).isEqualTo(2 | OpenFlag.APPEND.bits());
    assertThat(bytes.get(U32, 104)).isEqualTo(crc(bytes, 72, 32, 0, 0));
    assertThat(ascii(bytes.asSlice(108))).isEqualTo("ram");
  }

  /** As written by the first release; what it means never changes. */
  @Test
  void decode_recordedBytes() throws LuoException {
    byte[] recorded =
        HexFormat.of()
            .parseHex(
                """
                4c4d464401006c006f000000010000006655443322110000ccbbaa9988770000
                0000200000000000efcdab896745230104000000a00100000200000004030201
                030000003370ec04010000000600000021436587a9cbed1f11100f0e0d0c0b0a
                800100000204000017bada8772616d\
                """
                    .replace("\n", ""));
    MemorySegment bytes = MemorySegment.ofArray(recorded);

    assertThat(MemfdRecord.decode(bytes)).isEqualTo(RECORD);
    assertThat(FrozenPart.decode(bytes, RECORD)).isEqualTo(FROZEN);
  }

  @Test
  void decode_whatWasEncoded() throws LuoException {
    MemorySegment bytes = frozen(RECORD, FROZEN);

    assertThat(MemfdRecord.decode(bytes)).isEqualTo(RECORD);
    assertThat(FrozenPart.decode(bytes, RECORD)).isEqualTo(FROZEN);
  }

  @Test
  void decode_readOnlyBytes() throws LuoException {
    assertThat(MemfdRecord.decode(encoded(RECORD).asReadOnly())).isEqualTo(RECORD);
  }

  @Test
  void decode_randomRecords() throws LuoException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      MemfdRecord record = randomRecord(random);
      FrozenPart part =
          new FrozenPart(
              new SealSet(record.seals().bits() | random.nextInt(0x40)),
              random.nextLong() >>> 1,
              random.nextLong() >>> 1,
              random.nextInt(010000),
              record.statusFlags());
      MemorySegment bytes = frozen(record, part);
      assertThat(MemfdRecord.decode(bytes)).as("seed %d, record %d", seed, i).isEqualTo(record);
      assertThat(FrozenPart.decode(bytes, record))
          .as("seed %d, record %d", seed, i)
          .isEqualTo(part);
    }
  }

  private static MemfdRecord randomRecord(Random random) {
    return new MemfdRecord(
        new FileIdentity(random.nextLong(), random.nextLong()),
        random.nextBoolean() ? 0 : 1L << random.nextInt(63),
        new SealSet(random.nextInt(0x40)),
        random.nextInt(010000),
        new StatusFlags(random.nextInt(3)),
        random.nextLong() >>> 1,
        new Slot(1 + random.nextInt(Integer.MAX_VALUE)),
        random.nextBoolean() ? null : "x".repeat(random.nextInt(250)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/b\n\u0001é ü", "\uFFFD", "😀 (deleted)"})
  void decode_name(String name) throws LuoException {
    assertThat(MemfdRecord.decode(encoded(named(name))).name()).isEqualTo(name);
  }

  @Test
  void decode_longestNames() throws LuoException {
    assertThat(MemfdRecord.decode(encoded(named("n".repeat(249)))).name()).hasSize(249);
    assertThat(MemfdRecord.decode(encoded(named("\uFFFD".repeat(249)))).name()).hasSize(249);
  }

  @Test
  void decode_withoutName() throws LuoException {
    assertThat(MemfdRecord.decode(encoded(named(null))).name()).isNull();
  }

  @Test
  void decode_everyBitFlipped() {
    MemorySegment bytes = frozen(RECORD, FROZEN);
    for (long bit = 0; bit < bytes.byteSize() * 8; bit++) {
      flip(bytes, bit);
      long flipped = bit;
      assertThatThrownBy(() -> FrozenPart.decode(bytes, MemfdRecord.decode(bytes)))
          .as(() -> "bit %d of byte %d".formatted(flipped % 8, flipped / 8))
          .isInstanceOf(CorruptRecordException.class);
      flip(bytes, bit);
    }
  }

  @Test
  void decode_everyTruncation() {
    MemorySegment bytes = frozen(RECORD, FROZEN);
    for (long length = 0; length < bytes.byteSize(); length++) {
      MemorySegment shorter = bytes.asSlice(0, length);
      assertThatThrownBy(() -> MemfdRecord.decode(shorter))
          .as("%d bytes", length)
          .isInstanceOf(CorruptRecordException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 4096, 1 << 20})
  void decode_moreBytesThanTheRecordHas(long surplus) {
    MemorySegment bytes = encoded(RECORD);
    MemorySegment longer = Arena.ofAuto().allocate(bytes.byteSize() + surplus).copyFrom(bytes);

    assertThatThrownBy(() -> MemfdRecord.decode(longer)).isInstanceOf(CorruptRecordException.class);
  }

  @Test
  void decode_zeroes() {
    assertThatThrownBy(() -> MemfdRecord.decode(Arena.ofAuto().allocate(108)))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining("magic");
  }

  @Test
  void decode_randomBytes() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] noise = new byte[120];
    for (int i = 0; i < 1000; i++) {
      random.nextBytes(noise);
      MemorySegment bytes = MemorySegment.ofArray(noise.clone());
      assertThatThrownBy(() -> MemfdRecord.decode(bytes))
          .as("seed %d, record %d", seed, i)
          .isInstanceOf(CorruptRecordException.class);
    }
  }

  static Stream<Arguments> frameErrors() {
    return Stream.of(
        Arguments.of("version 0", 4, 108 << 16),
        Arguments.of("version 2", 4, 108 << 16 | 2),
        Arguments.of("longer header", 4, 112 << 16 | 1),
        Arguments.of("more bytes than there are", 8, 112),
        Arguments.of("fewer bytes than there are", 8, 110),
        Arguments.of("negative number of bytes", 8, -1),
        Arguments.of("unknown flag", 12, 3),
        Arguments.of("name without the flag", 12, 0),
        Arguments.of("name shorter than the rest", 64, 2),
        Arguments.of("name longer than the rest", 64, 4),
        Arguments.of("negative length of name", 64, -1),
        Arguments.of("slot of luo itself", 60, 0),
        Arguments.of("negative slot", 60, -1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frameErrors")
  void decode_wrongFieldWithRightChecksum(String what, int offset, int value) {
    MemorySegment bytes = encoded(RECORD);
    bytes.set(U32, offset, value);
    bytes.set(U32, 68, crc(bytes, 0, 68, 108, 3));

    assertThatThrownBy(() -> MemfdRecord.decode(bytes))
        .as(what)
        .isInstanceOf(CorruptRecordException.class);
  }

  static Stream<Arguments> impossibleRecords() {
    FileIdentity id = RECORD.identity();
    Slot slot = RECORD.slot();
    return Stream.of(
        Arguments.of(
            "pages of three bytes", new MemfdRecord(id, 3, GROW, 0, READ_WRITE, 0, slot, "")),
        Arguments.of(
            "negative pages",
            new MemfdRecord(id, Long.MIN_VALUE, GROW, 0, READ_WRITE, 0, slot, "")),
        Arguments.of(
            "file type in the mode",
            new MemfdRecord(id, 0, GROW, 0100777, READ_WRITE, 0, slot, "")),
        Arguments.of(
            "fourth access mode", new MemfdRecord(id, 0, GROW, 0, new StatusFlags(3), 0, slot, "")),
        Arguments.of(
            "O_PATH",
            new MemfdRecord(id, 0, GROW, 0, new StatusFlags(OpenFlag.PATH.bits()), 0, slot, "")),
        Arguments.of("negative size", new MemfdRecord(id, 0, GROW, 0, READ_WRITE, -1, slot, "")),
        Arguments.of(
            "NUL in the name", new MemfdRecord(id, 0, GROW, 0, READ_WRITE, 0, slot, "a\0b")),
        Arguments.of(
            "a name too long",
            new MemfdRecord(id, 0, GROW, 0, READ_WRITE, 0, slot, "n".repeat(748))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossibleRecords")
  void decode_impossibleValue(String what, MemfdRecord record) {
    assertThatThrownBy(() -> MemfdRecord.decode(encoded(record)))
        .as(what)
        .isInstanceOf(CorruptRecordException.class);
  }

  @Test
  void decode_nameThatIsNoText() {
    MemorySegment bytes = encoded(RECORD);
    bytes.set(ValueLayout.JAVA_BYTE, 109, (byte) 0xC0);
    bytes.set(U32, 68, crc(bytes, 0, 68, 108, 3));

    assertThatThrownBy(() -> MemfdRecord.decode(bytes))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining("no text");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x40, 0x80000000, 0x7F})
  void decode_unknownSeals(int bits) {
    MemfdRecord unknown =
        new MemfdRecord(
            RECORD.identity(), 0, new SealSet(bits), 0, READ_WRITE, 0, RECORD.slot(), "");

    assertThatThrownBy(() -> MemfdRecord.decode(encoded(unknown)))
        .asInstanceOf(type(HandlerException.class))
        .extracting(LuoException::errno)
        .isEqualTo(Errno.EOPNOTSUPP);
  }

  @Test
  void decodeFrozen_neverFrozen() {
    assertThatThrownBy(() -> FrozenPart.decode(encoded(RECORD), RECORD))
        .isInstanceOf(CorruptRecordException.class)
        .hasMessageContaining("never frozen");
  }

  static Stream<Arguments> impossibleParts() {
    SealSet seals = FROZEN.seals();
    return Stream.of(
        Arguments.of("negative size", new FrozenPart(seals, -1, 0, 0, READ_WRITE)),
        Arguments.of("negative position", new FrozenPart(seals, 0, -1, 0, READ_WRITE)),
        Arguments.of("file type in the mode", new FrozenPart(seals, 0, 0, 010000, READ_WRITE)),
        Arguments.of("lost seal", new FrozenPart(SealSet.of(Seal.SHRINK), 0, 0, 0, READ_WRITE)),
        Arguments.of("other access mode", new FrozenPart(seals, 0, 0, 0, new StatusFlags(0))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossibleParts")
  void decodeFrozen_impossibleValue(String what, FrozenPart part) {
    assertThatThrownBy(() -> FrozenPart.decode(frozen(RECORD, part), RECORD))
        .as(what)
        .isInstanceOf(CorruptRecordException.class);
  }

  @Test
  void decodeFrozen_unknownSeals() {
    FrozenPart unknown = new FrozenPart(new SealSet(0x44), 0, 0, 0, READ_WRITE);

    assertThatThrownBy(() -> FrozenPart.decode(frozen(RECORD, unknown), RECORD))
        .asInstanceOf(type(HandlerException.class))
        .extracting(LuoException::errno)
        .isEqualTo(Errno.EOPNOTSUPP);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, -1})
  void decodeFrozen_unknownState(int state) {
    MemorySegment bytes = frozen(RECORD, FROZEN);
    bytes.set(U32, 72, state);
    bytes.set(U32, 104, crc(bytes, 72, 32, 0, 0));

    assertThatThrownBy(() -> FrozenPart.decode(bytes, RECORD))
        .isInstanceOf(CorruptRecordException.class);
  }

  @Test
  void encodeFrozen_again() throws LuoException {
    MemorySegment bytes = frozen(RECORD, FROZEN);
    FrozenPart later = new FrozenPart(GROW, 1, 2, 3, READ_WRITE);
    later.encode(bytes);

    assertThat(MemfdRecord.decode(bytes)).isEqualTo(RECORD);
    assertThat(FrozenPart.decode(bytes, RECORD)).isEqualTo(later);
  }

  @Test
  void encodeFrozen_tornInTheMiddle_leavesTheFirstPart() throws LuoException {
    MemorySegment whole = frozen(RECORD, FROZEN);
    for (int written = 0; written < 32; written++) {
      MemorySegment torn = encoded(RECORD);
      MemorySegment.copy(whole, 72, torn, 72, written);
      assertThat(MemfdRecord.decode(torn)).isEqualTo(RECORD);
    }
  }

  private static MemfdRecord named(@Nullable String name) {
    return new MemfdRecord(
        RECORD.identity(), 0, SealSet.NONE, 0777, READ_WRITE, 0, new Slot(1), name);
  }

  private static MemorySegment encoded(MemfdRecord record) {
    MemorySegment bytes = Arena.ofAuto().allocate(record.encodedBytes(), 8);
    record.encode(bytes);
    return bytes;
  }

  private static MemorySegment frozen(MemfdRecord record, FrozenPart part) {
    MemorySegment bytes = encoded(record);
    part.encode(bytes);
    return bytes;
  }

  private static String ascii(MemorySegment bytes) {
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.US_ASCII);
  }

  private static void flip(MemorySegment bytes, long bit) {
    byte before = bytes.get(ValueLayout.JAVA_BYTE, bit / 8);
    bytes.set(ValueLayout.JAVA_BYTE, bit / 8, (byte) (before ^ 1 << bit % 8));
  }

  /** As the documentation says, over one or two ranges. */
  private static int crc(
      MemorySegment bytes, int from, int length, int secondFrom, int secondLength) {
    byte[] all = bytes.toArray(ValueLayout.JAVA_BYTE);
    CRC32C crc = new CRC32C();
    crc.update(Arrays.copyOfRange(all, from, from + length));
    crc.update(all, secondFrom, secondLength);
    return (int) crc.getValue();
  }
}
