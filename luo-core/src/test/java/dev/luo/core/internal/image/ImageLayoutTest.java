// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.Importance.MANDATORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import dev.luo.spi.Origin;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes themselves, written out by hand; the example of {@code docs/image.md}. */
class ImageLayoutTest {

  private static final String EXAMPLE =
      """
      0000  6c756f69 6d616765 01000000 00100000
      0010  00000100 00000000 efcdab89 67452301
      0020  07000000 00000000 00112233 44556677
      0030  8899aabb ccddeeff 00000000 933b8d3d
      0080  02000000 00000000 00000000 00000000
      0100  6c756f2d 76350000 07000000 00000000
      0110  00800000 00000000 00700000 00000000
      0120  02000000 00000000 01000000 05000000
      0130  00100000 00000000 6caca653 00000000
      0140  11110000 00000000 22220000 00000000
      01f0  00000000 00000000 00000000 171b6126
      1000  01000000 01000100 00200000 00000000
      1010  30000000 00000000 c538bfc2 00000000
      1020  02000000 01000100 00300000 00000000
      1030  04000000 00000000 d7f75c5a 00000000
      1040  03000000 01000100 00400000 00000000
      1050  20000000 00000000 463d8b99 00000000
      1060  04000000 01000100 00500000 00000000
      1070  20000000 00000000 d912d23c 00000000
      1080  05000000 01000000 00600000 00000000
      1090  40000000 00000000 973f0f44 00000000
      2000  00700000 00000000 988f89af 01000100
      2010  00800000 00000000 928d6790 02000100
      2020  00900000 00000000 ff13868a 03000100
      3000  01000000 00000000 00000000 00000000
      4000  07000000 14000000 00000000 01000100
      4010  01080000 00000000 d2040000 00000000
      5000  00c00000 00000000 40000000 00000000
      5010  67ebc803 01000100 00000000 00000000
      6000  66726565 7a650000 00000000 00000000
      6030  00100000 00000000 11010000 00000000
      7000  01000000 00000000 01000000 00000000
      7010  706f6f6c 2d763100 00000000 00000000
      7040  d0000000 00000000 02000000 00000000
      8000  00000000 00000000 01000000 00000000
      8010  766d2d34 32000000 00000000 00000000
      8050  00900000 00000000 01000000 00000000
      9000  00000000 00000000 01000000 00000000
      9010  6d656d66 642d7573 65722d76 31000000
      9040  00c00000 00000000 01000000 00000000
      """;

  private static ImageContent example() {
    return new ImageContent(
        Origin.HANDOVER,
        new Stamp(0x1111, 0x2222),
        List.of(
            new SessionEntry(
                "vm-42",
                List.of(
                    new FileEntry(Images.MEMFD, Handle.of(0xc000), Token.of(1), true, MANDATORY)))),
        List.of(new FlbEntry(Compatible.of("pool-v1"), Handle.of(0xd0), 2)),
        List.of(
            new SlotEntry(
                new Slot(7),
                new Owner.OfFile(0, 0),
                20,
                FdKind.MEMFD,
                new FileIdentity(0x801, 0x4d2))),
        List.of(new ExtentEntry(Handle.of(0xc000), 64, Integrity.CHECKED, new Owner.OfFile(0, 0))),
        List.of(new PhaseEntry("freeze", 0x1000, 0x111)));
  }

  @Test
  void publish_writesTheBytesOfTheExample() throws Exception {
    TestMemory memory = new TestMemory(0x10000);

    memory.format().publish(example());

    assertThat(HexDump.of(memory.segment(), 0, 0x10000)).isEqualTo(EXAMPLE);
  }

  @Test
  void read_takesTheBytesOfTheExample() throws Exception {
    MemorySegment memory = new TestMemory(0x10000).segment();
    HexDump.load(memory, EXAMPLE);

    assertThat(ImageReader.read(memory).content()).isEqualTo(example());
  }

  @Test
  void format_writesTheHeaderAndPublishesNothing() {
    TestMemory memory = new TestMemory(0x2000);
    memory.segment().fill((byte) 0xff);

    memory.format();

    assertThat(HexDump.of(memory.segment(), 0, 0x1000))
        .isEqualTo(
            """
            0000  6c756f69 6d616765 01000000 00100000
            0010  00200000 00000000 efcdab89 67452301
            0020  07000000 00000000 00112233 44556677
            0030  8899aabb ccddeeff 00000000 d14d20d0
            """);
  }

  @Test
  void ser23_publish_fillsBlocksInOrder() throws Exception {
    TestMemory memory = new TestMemory(0x20000);

    memory.format().publish(Images.ofSessions(Images.sessions(120)));

    Forgery image = new Forgery(memory);
    long block = image.u64(image.root() + 16);
    assertThat(image.u64(block + 8)).isEqualTo(51);
    block = image.u64(block);
    assertThat(image.u64(block + 8)).isEqualTo(51);
    block = image.u64(block);
    assertThat(image.u64(block + 8)).isEqualTo(18);
    assertThat(image.u64(block)).isZero();
  }

  @Test
  void ser23_publish_fillsFileBlocksInOrder() throws Exception {
    TestMemory memory = new TestMemory(0x20000);

    memory.format().publish(Images.ofSessions(List.of(new SessionEntry("s", Images.files(500)))));

    Forgery image = new Forgery(memory);
    long block = image.u64(image.session(0) + 64);
    for (int i = 0; i < 7; i++) {
      assertThat(image.u64(block + 8)).isEqualTo(63);
      block = image.u64(block);
    }
    assertThat(image.u64(block + 8)).isEqualTo(59);
    assertThat(image.u64(block)).isZero();
  }

  @Test
  void ser24_publish_leavesNoBlockEmpty_whenTheLastOneIsFull() throws Exception {
    TestMemory memory = new TestMemory(0x20000);

    memory.format().publish(Images.ofSessions(Images.sessions(51)));

    Forgery image = new Forgery(memory);
    long block = image.u64(image.root() + 16);
    assertThat(image.u64(block)).isZero();
    assertThat(image.u64(block + 8)).isEqualTo(51);
  }

  @Test
  void ser03_publish_givesAnEmptySessionNoBlock() throws Exception {
    TestMemory memory = new TestMemory(0x20000);

    memory.format().publish(Images.ofSessions(Images.sessions(1)));

    Forgery image = new Forgery(memory);
    assertThat(image.u64(image.session(0) + 64)).isZero();
    assertThat(image.u64(image.session(0) + 72)).isZero();
  }

  @Test
  void ser21_publish_pointsNowhereWithoutSessions() throws Exception {
    TestMemory memory = new TestMemory(0x20000);

    memory.format().publish(Images.empty());

    Forgery image = new Forgery(memory);
    assertThat(image.u64(image.root() + 16)).isZero();
    assertThat(image.u64(image.root() + 24)).isNotZero();
  }

  @Test
  void ser25_publish_leavesZeroesBehindWhatItWrites_inMemoryThatWasUsed() throws Exception {
    TestMemory memory = new TestMemory(0x20000);
    ImageWriter writer = memory.format();
    writer.publish(Images.ofSessions(Images.sessions(51)));
    writer.publish(Images.empty());

    writer.publish(Images.ofSessions(Images.sessions(50)));

    Forgery image = new Forgery(memory);
    assertThat(HexDump.of(memory.segment(), image.session(50), image.session(51))).isEmpty();
  }
}
