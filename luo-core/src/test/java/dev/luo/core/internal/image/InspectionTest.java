// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.ImageAbi;
import dev.luo.core.inspect.Finding;
import dev.luo.core.inspect.ImageInspection;
import dev.luo.core.inspect.InspectedSession;
import dev.luo.core.inspect.Severity;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.testing.NoDescriptorLeaks;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an inspection shows, of what is whole, of what is not, and of what cannot be read. */
@NoDescriptorLeaks
class InspectionTest {

  private static final long MEMORY_SIZE = 0x5_0000;

  private Forgery image;

  @TempDir private Path folder;

  @BeforeEach
  void publish() throws Exception {
    image = new Forgery(published(ImageAbi.LUO_V5));
  }

  private static TestMemory published(ImageAbi abi) throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    memory.format(abi).publish(Images.ofEverything());
    return memory;
  }

  private static void assertUnreadable(ImageInspection inspection, String what) {
    assertThat(inspection.isAccepted()).isFalse();
    assertThat(inspection.findings())
        .anySatisfy(finding -> {
          assertThat(finding.severity()).isEqualTo(Severity.ERROR);
          assertThat(finding.what()).contains(what);
        });
    assertThat(inspection.toString()).contains("refuses it");
    assertThat(inspection.toJson()).startsWith("{\"accepted\":false");
  }

  @Test
  void page_ofAWholeImage() {
    assertThat(ImageInspection.of(image.memory()))
        .hasToString(
            """
            image of 327680 bytes: a successor accepts it
            page 0       layout 1, pages of 4096, memory of 327680, generation 7, nonce 0x123456789abcdef, boot 00112233-4455-6677-8899-aabbccddeeff
                         published is epoch 1 by root A; nobody has opened it
            root A       "luo-v5\\x00\\x00", epoch 1, generation 7, origin CRASH, directory of 5 at 0x1000; leads to what follows
            root B       never written
            block table  version 1, 64 bytes at 0x2000
            file flags   version 1, 12 bytes at 0x3000
            slot table   version 1, 96 bytes at 0x4000
            extent table version 1, 128 bytes at 0x5000
            timeline     version 1, 128 bytes at 0x6000, optional
            session      "vm-42", 2 files
              token 0x1                memfd-user-v1, handle 0x40000
              token 0xffffffffffffffff ring-v2, handle 0x0, not frozen, optional
            session      "leer", 0 files
            session      "Größe €", 1 files
              token 0x0                memfd-user-v1, handle 0xffffffffffffffff, not frozen
            FLB          iommu-v1, handle 0x40080, 3 references
            FLB          pool-v9, handle 0x5, 1 references
            slot         1 of file 1 of session 0: descriptor 17, MEMFD
            slot         9 of FLB 1: descriptor -1, UNKNOWN
            slot         2147483647 of luo: descriptor 0, SOCKET
            allocation   0x40000 of file 0 of session 0: 100 bytes, CHECKED
            allocation   0x40080 of FLB 0: 1 bytes, CHECKED
            allocation   0x41000 of file 0 of session 2: 5000 bytes, CHECKED
            allocation   0x44000 of luo: 32768 bytes, UNCHECKED
            phase        quiesce: 0.000 ms
            phase        freeze: 0.000 ms
            """);
  }

  @Test
  void findings_sayWhere() {
    image.u64(image.session(1) + 72, 5).u64(image.file(0, 0) - 8, 3);

    assertThat(ImageInspection.of(image.sealed()).findings())
        .contains(
            new Finding(
                Severity.ERROR,
                image.file(0, 0) - 8,
                "file block 0 of session 0",
                "count",
                "3 entries, and the block table has 2"));
  }

  @Test
  void everythingElse_isShown_behindAChainThatIsBroken() {
    // The first session leads nowhere, the root has a wrong checksum, and a name has been cut.
    image.u64(image.session(0) + 64, 0x7777_7000L);
    image.u8(image.session(1), 0);

    ImageInspection inspection = ImageInspection.of(image.memory());

    assertThat(inspection.isAccepted()).isFalse();
    assertThat(inspection.sessions())
        .extracting(InspectedSession::name)
        .containsExactly("vm-42", "", "Größe €");
    assertThat(inspection.sessions())
        .extracting(session -> session.files().size())
        .containsExactly(2, 0, 1);
  }

  @Test
  void everythingElse_isShown_ifTheRootDoesNotLeadToTheSessions() {
    image.u64(image.root() + 16, 0);

    assertThat(ImageInspection.of(image.sealed()).sessions()).hasSize(3);
  }

  @Test
  void theOtherRoot_isFollowed_ifThePublishedOneIsLost() throws Exception {
    TestMemory memory = new TestMemory(MEMORY_SIZE);
    ImageWriter writer = memory.format();
    writer.publish(Images.ofSessions(Images.sessions(1)));
    writer.publish(Images.ofSessions(Images.sessions(2)));
    Forgery lost = new Forgery(memory);
    lost.u64(lost.root() + 48, 0);

    ImageInspection inspection = ImageInspection.of(lost.memory());

    assertThat(inspection.isAccepted()).isFalse();
    assertThat(inspection.sessions()).hasSize(1);
  }

  @Test
  void theForm_isGuessed_ifTheRootDoesNotSay() throws Exception {
    Forgery other = new Forgery(published(ImageAbi.LUO_V1));
    other.u8(other.root(), 'x');

    ImageInspection inspection = ImageInspection.of(other.sealed());

    assertThat(inspection.isAccepted()).isFalse();
    assertThat(inspection.sessions()).hasSize(3);
  }

  @Test
  void damagedAllocation_isAWarning() {
    image.u8(0x4_0000, 99);

    ImageInspection inspection = ImageInspection.of(image.memory());

    assertThat(inspection.isAccepted()).isTrue();
    assertThat(inspection.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.severity()).isEqualTo(Severity.WARNING);
          assertThat(finding.offset()).isEqualTo(0x4_0000);
          assertThat(finding.structure()).isEqualTo("allocation of file 0 of session 0");
        });
  }

  @Test
  void page_doesNotReachTheTerminal() {
    image.u8(image.session(0) + 1, 0x1b);

    assertThat(ImageInspection.of(image.sealed()).toString())
        .contains("\"v\\u001b-42\"")
        .doesNotContain("\u001b");
  }

  @Test
  void file_isInspectedAsItsMemory() throws Exception {
    Path file = folder.resolve("image");
    Files.write(file, image.memory().toArray(ValueLayout.JAVA_BYTE));
    ImageInspection expected = ImageInspection.of(image.memory());

    assertThat(ImageInspection.of(file)).hasToString(expected.toString());
    try (Fd memfd = Memfd.create("image")) {
      FileIo.pwriteFully(memfd, image.memory(), 0);
      assertThat(ImageInspection.of(memfd).toJson()).isEqualTo(expected.toJson());
    }
  }

  @Test
  void file_thatIsNone() throws Exception {
    assertUnreadable(ImageInspection.of(folder.resolve("missing")), "not there");
    assertUnreadable(ImageInspection.of(folder), "not a regular file");
    assertUnreadable(ImageInspection.of(Path.of("/dev/zero")), "not a regular file");
    assertUnreadable(ImageInspection.of(Files.createFile(folder.resolve("empty"))), "0 bytes");
    Fd closed = Memfd.create("closed");
    closed.close();
    assertUnreadable(ImageInspection.of(closed), "cannot be read");
  }

  @Test
  void memory_thatGoesAway() throws Exception {
    try (Fd memfd = Memfd.create("image")) {
      FileIo.pwriteFully(memfd, image.memory(), 0);
      try (Mapping mapping = Mapping.map(memfd, MEMORY_SIZE)) {
        FileIo.truncate(memfd, 2 * 4096);
        assertUnreadable(ImageInspection.of(mapping.segment()), "cannot be read");
      }
    }
    MemorySegment closed;
    try (Arena arena = Arena.ofConfined()) {
      closed = arena.allocate(MEMORY_SIZE);
    }
    assertUnreadable(ImageInspection.of(closed), "cannot be read");
  }

  @Test
  void findings_areNotWithoutEnd() throws Exception {
    TestMemory memory = new TestMemory(64L << 20);
    memory.format().publish(Images.ofSessions(Images.sessions(100_000)));
    Forgery spoiled = new Forgery(memory);
    // Every name is the same, and every checksum of a block is wrong.
    long block = spoiled.session(0) - 16;
    for (int i = 0; i < 100_000; i++) {
      long session = block + i / 51 * 4096L + 16 + i % 51 * 80L;
      spoiled.u64(session, 'x').u64(session + 8, 0);
    }

    assertThat(ImageInspection.of(spoiled.memory()).findings())
        .hasSize(1001)
        .last()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING));
  }
}
