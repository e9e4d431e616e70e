// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.Importance.MANDATORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.ImageAbi;
import dev.luo.spi.Handle;
import dev.luo.spi.Integrity;
import dev.luo.spi.Origin;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Images at the limits of the format: nothing in them may take more than linear time. */
class LargeImageTest {

  @Test
  void fil19_read_manyFiles_withTokensInNoOrder() throws Exception {
    int count = 600_000;
    List<FileEntry> files = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      // An odd factor, so all are different.
      long token = i * 0x9e37_79b9_7f4a_7c15L;
      files.add(new FileEntry(Images.MEMFD, Handle.of(i), Token.of(token), true, MANDATORY));
    }
    List<ExtentEntry> extents = new ArrayList<>(count);
    long base = 100L << 20;
    for (int i = 0; i < count; i++) {
      extents.add(
          new ExtentEntry(
              Handle.of(base + i * 64L), 48, Integrity.CHECKED, new Owner.OfFile(0, i)));
    }
    Collections.shuffle(extents.subList(0, 1000), new Random(1));
    TestMemory memory = new TestMemory(base + count * 64L);

    memory
        .format()
        .publish(
            new ImageContent(
                Origin.HANDOVER,
                Images.STAMP,
                List.of(new SessionEntry("large", files)),
                List.of(),
                List.of(),
                extents,
                List.of()));

    ImageContent content = ImageReader.read(memory.segment()).content();
    assertThat(content.sessions().getFirst().files().equals(files)).isTrue();
    assertThat(content.extents().getLast()).isEqualTo(extents.getLast());
  }

  @Test
  void ses12_read_manySessions() throws Exception {
    List<SessionEntry> sessions = Images.sessions(ImageAbi.LUO_V5.maxSessions());
    TestMemory memory = new TestMemory(48L << 20);

    memory.format().publish(Images.ofSessions(sessions));

    assertThat(ImageReader.read(memory.segment()).content().sessions().equals(sessions)).isTrue();
  }

  @Test
  void read_manySessionsWithFiles() throws Exception {
    List<FileEntry> files = Images.files(1);
    List<SessionEntry> sessions = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      sessions.add(new SessionEntry("session-" + i, i % 3 == 0 ? List.of() : files));
    }
    TestMemory memory = new TestMemory(64L << 20);

    memory.format().publish(Images.ofSessions(sessions));

    assertThat(ImageReader.read(memory.segment()).content().sessions().equals(sessions)).isTrue();
  }
}
