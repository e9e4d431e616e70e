// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.Importance.MANDATORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.SessionFullException;
import dev.luo.core.TooManySessionsException;
import dev.luo.linux.Errno;
import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePublishTest {

  private static final int PID = 4711;

  private final TestMemory memory = new TestMemory(0x20_0000);
  private final ImageWriter writer = memory.format();

  private Image read() throws ImageRefusedException {
    return ImageReader.read(memory.segment());
  }

  private void assertNothingIsPublished() {
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(this::read)
        .withMessageContaining("nothing is published");
  }

  @Test
  void read_beforeTheFirstPublication() {
    assertNothingIsPublished();
  }

  @Test
  void publish_replacesWhatWasPublished() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(writer.publish(Images.ofSessions(Images.sessions(i)))).isEqualTo(i + 1);

      assertThat(read().content().sessions()).hasSize(i);
      assertThat(read().epoch()).isEqualTo(i + 1);
    }
  }

  @Test
  void publish_leavesTheImageBeforeInPlace() throws Exception {
    writer.publish(Images.ofSessions(Images.sessions(3)));
    long before = new Forgery(memory).u64(128);
    writer.publish(Images.ofSessions(Images.sessions(4)));

    Forgery rewound = new Forgery(memory);
    rewound.u64(128, before);

    assertThat(ImageReader.read(rewound.memory()).content().sessions()).hasSize(3);
  }

  @Test
  void ser12_withdraw_leavesNothingReachable() throws Exception {
    writer.publish(Images.ofSessions(Images.sessions(3)));

    assertThat(writer.withdraw()).isEmpty();

    assertNothingIsPublished();
    assertThat(writer.withdraw()).isEmpty();
  }

  @Test
  void ser13_publish_afterWithdrawal() throws Exception {
    writer.publish(Images.ofSessions(Images.sessions(3)));
    writer.withdraw();

    assertThat(writer.publish(Images.ofSessions(Images.sessions(4)))).isEqualTo(2);

    assertThat(read().content().sessions()).hasSize(4);
  }

  @Test
  void publish_withoutMemory_leavesTheImageBefore() throws Exception {
    writer.publish(Images.ofEverything());
    ImageContent huge = Images.ofSessions(Images.sessions(51 * 600));

    assertThatExceptionOfType(LuoException.class)
        .isThrownBy(() -> writer.publish(huge))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM));

    assertThat(read().content()).isEqualTo(Images.ofEverything());
    assertThat(read().epoch()).isEqualTo(1);
    writer.publish(Images.empty());
    assertThat(read().content()).isEqualTo(Images.empty());
  }

  @Test
  void publish_withAnOwnerThatDoesNotExist_leavesTheImageBefore() throws Exception {
    writer.publish(Images.ofSessions(Images.sessions(2)));
    for (Owner owner :
        List.of(
            new Owner.OfFile(0, 0),
            new Owner.OfFile(2, 0),
            new Owner.OfFile(-1, 0),
            new Owner.OfFlb(0))) {
      ImageContent content =
          new ImageContent(
              Origin.HANDOVER,
              Images.STAMP,
              Images.sessions(2),
              List.of(),
              List.of(new SlotEntry(new Slot(1), owner, 5, FdKind.PIPE, new FileIdentity(0, 0))),
              List.of(),
              List.of());

      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .as("%s", owner)
          .isThrownBy(() -> writer.publish(content));
    }
    assertThat(read().epoch()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0x1ffff8, 9", "0x200000, 1", "-8, 1", "8, 0x7fffffffffffffff"})
  void publish_withAnExtentOutsideTheMemory_leavesTheImageBefore(String offset, String byteSize)
      throws Exception {
    writer.publish(Images.empty());
    ImageContent content = contentOf(extent(Long.decode(offset), Long.decode(byteSize)));

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> writer.publish(content));

    assertThat(read().epoch()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 4088, 0x10_0004, 0x10_0038, 0x10_0ff8})
  void publish_withAnExtentWhereNoneCanBe_leavesTheImageBefore(long offset) throws Exception {
    writer.publish(Images.empty());
    ImageContent content =
        contentOf(extent(offset, 64), extent(0x10_0000, 64), extent(0x10_1000, 64));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> writer.publish(content));

    assertThat(read().epoch()).isEqualTo(1);
  }

  @Test
  void publish_withAnExtentOnTheImageItself_leavesTheImageBefore() throws Exception {
    writer.publish(Images.empty());
    // The allocator of the test goes upwards, and an image of one extent takes four pages.
    long next = 4096 + memory.takenBytes();
    ImageContent content = contentOf(extent(next + 3 * 4096 + 8, 4096));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> writer.publish(content));

    assertThat(read().epoch()).isEqualTo(1);
  }

  private static ExtentEntry extent(long offset, long byteSize) {
    return new ExtentEntry(Handle.of(offset), byteSize, Integrity.UNCHECKED, new Owner.OfImage());
  }

  private static ImageContent contentOf(ExtentEntry... extents) {
    return new ImageContent(
        Origin.HANDOVER,
        Images.STAMP,
        List.of(),
        List.of(),
        List.of(),
        List.of(extents),
        List.of());
  }

  @Test
  void ses12_publish_refusesTooManySessions() {
    SessionEntry session = new SessionEntry("s", List.of());
    ImageContent content = Images.ofSessions(Collections.nCopies(510_001, session));

    assertThatExceptionOfType(TooManySessionsException.class)
        .isThrownBy(() -> writer.publish(content));
    assertThat(memory.taken()).isZero();
  }

  @Test
  void fil19_publish_refusesTooManyFiles() {
    FileEntry file = Images.files(1).getFirst();
    ImageContent content =
        Images.ofSessions(List.of(new SessionEntry("s", Collections.nCopies(630_001, file))));

    assertThatExceptionOfType(SessionFullException.class).isThrownBy(() -> writer.publish(content));
    assertThat(memory.taken()).isZero();
  }

  @Test
  void publish_usesMemoryAgain() throws Exception {
    for (int i = 0; i < 100; i++) {
      writer.publish(Images.ofSessions(Images.sessions(60 + i % 40)));
    }
    assertThat(memory.taken()).isEqualTo(2);
  }

  @Test
  void publish_doesNotKeepMuchMoreMemoryThanItNeeds() throws Exception {
    writer.publish(Images.ofSessions(Images.sessions(51 * 40)));
    writer.publish(Images.ofSessions(Images.sessions(51 * 40)));
    long large = memory.takenBytes();

    writer.publish(Images.empty());
    writer.publish(Images.empty());

    assertThat(memory.takenBytes()).isLessThan(large / 4);
    assertThat(read().content()).isEqualTo(Images.empty());
  }

  @Test
  void close_withdrawsAndGivesMemoryBack() throws Exception {
    writer.publish(Images.ofEverything());
    writer.publish(Images.ofEverything());

    writer.close();

    assertThat(memory.taken()).isZero();
    assertNothingIsPublished();
    assertThatCode(writer::close).doesNotThrowAnyException();
  }

  @Test
  void format_refusesMemoryThatCannotHoldAnImage() {
    for (long size : new long[] {0, 4096, 8191, 8193}) {
      TestMemory odd = new TestMemory(Math.max(size, 1));
      assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(odd::format);
    }
  }

  @Test
  void claim_isSeenByWhoeverWatches() throws Exception {
    writer.publish(Images.empty());
    assertThat(Claim.ofPublished(memory.segment())).isEmpty();

    Image image = ImageReader.read(memory.segment().asReadOnly());
    image.claim(memory.segment(), PID);
    image.claim(memory.segment().asSlice(0, 4096), PID);

    assertThat(Claim.ofPublished(memory.segment().asReadOnly())).contains(new Claim(PID, 1));
    assertThat(writer.withdraw()).contains(new Claim(PID, 1));
    assertThat(Claim.ofPublished(memory.segment())).isEmpty();
  }

  @Test
  void claim_byASecondProcess() throws Exception {
    writer.publish(Images.empty());
    read().claim(memory.segment(), PID);

    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> read().claim(memory.segment(), PID + 1))
        .withMessageContaining("process 4711 has opened this image already");
  }

  @Test
  void claim_afterTheFirstWasRevoked() throws Exception {
    writer.publish(Images.empty());
    assertThat(read().claim(memory.segment(), PID)).isTrue();
    Claim claim = Claim.ofPublished(memory.segment()).orElseThrow();

    assertThat(claim.revoke(memory.segment())).isTrue();
    assertThat(claim.revoke(memory.segment())).isFalse();

    assertThat(read().claim(memory.segment(), PID + 1)).isFalse();
    assertThat(Claim.ofPublished(memory.segment())).contains(new Claim(PID + 1, 1));
  }

  @Test
  void claim_ofAnImageThatWasWithdrawn() throws Exception {
    writer.publish(Images.empty());
    Image image = read();
    writer.withdraw();

    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> image.claim(memory.segment(), PID))
        .withMessageContaining("withdrawn or replaced");

    writer.publish(Images.empty());
    assertThat(Claim.ofPublished(memory.segment())).isEmpty();
    read().claim(memory.segment(), PID);
  }

  @Test
  void claim_ofAnImageThatWasReplaced_doesNotCountForTheNext() throws Exception {
    writer.publish(Images.empty());
    Image image = read();
    image.claim(memory.segment(), PID);
    writer.publish(Images.empty());

    assertThat(Claim.ofPublished(memory.segment())).isEmpty();
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> image.claim(memory.segment(), PID));
    read().claim(memory.segment(), PID + 1);
    assertThat(Claim.ofPublished(memory.segment())).contains(new Claim(PID + 1, 2));
  }

  @Test
  void claim_againstWithdrawal_isSeenByAtLeastOne() throws Exception {
    for (int i = 0; i < 500; i++) {
      writer.publish(Images.empty());
      Image image = read();
      AtomicInteger claimed = new AtomicInteger();
      Thread successor =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  image.claim(memory.segment(), PID);
                  claimed.set(1);
                } catch (ImageRefusedException e) {
                  claimed.set(-1);
                }
              });
      boolean seen = writer.withdraw().isPresent();
      successor.join();

      assertThat(claimed.get()).isNotZero();
      if (claimed.get() == 1) {
        assertThat(seen).as("a claim that stands is seen").isTrue();
      }
    }
  }

  @Test
  void read_whileOthersArePublished_findsOneOfThemWhole() throws Exception {
    int publications = 3000;
    writer.publish(contentOf(1));
    AtomicInteger reads = new AtomicInteger();
    Thread predecessor =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int epoch = 2; epoch <= publications; epoch++) {
                  writer.publish(contentOf(epoch));
                  // Lets the reader through now and then.
                  while (reads.get() < epoch / 10) {
                    Thread.onSpinWait();
                  }
                }
              } catch (LuoException e) {
                throw new AssertionError(e);
              }
            });
    long before = 0;
    do {
      Image image = read();
      reads.incrementAndGet();
      assertThat(image.epoch()).isGreaterThanOrEqualTo(before);
      before = image.epoch();
      assertThat(image.content()).isEqualTo(contentOf((int) before));
    } while (before < publications);
    predecessor.join();
  }

  /** Makes contents of different sizes and values, so that no two images have a block in common. */
  private static ImageContent contentOf(int epoch) {
    List<FileEntry> files =
        List.of(
            new FileEntry(
                Images.MEMFD, Handle.of(epoch), Token.of(epoch), epoch % 2 == 0, MANDATORY));
    return Images.ofSessions(
        List.of(
            new SessionEntry("epoch " + epoch, files),
            new SessionEntry("more", Images.files(epoch % 150))));
  }
}
