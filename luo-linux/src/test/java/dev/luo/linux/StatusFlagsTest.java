// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NoDescriptorLeaks
class StatusFlagsTest {
  @Test
  void flags_ofOpenFiles(@TempDir Path folder) throws IOException {
    String file = folder.resolve("file").toString();
    try (Fd appending = Open.file(file, OpenFlag.CREATE, OpenFlag.WRITE_ONLY, OpenFlag.APPEND);
        Fd reading = Open.file(file, OpenFlag.NO_FOLLOW, OpenFlag.SYNC);
        Fd path = Open.file(file, OpenFlag.PATH);
        Fd directory = Open.file(folder.toString(), OpenFlag.DIRECTORY)) {
      assertThat(appending.statusFlags()).hasToString("WRITE_ONLY|APPEND");
      assertThat(appending.statusFlags().isReadable()).isFalse();
      assertThat(appending.statusFlags().isWritable()).isTrue();
      assertThat(reading.statusFlags()).hasToString("READ_ONLY|SYNC|NO_FOLLOW");
      assertThat(reading.statusFlags().isReadable()).isTrue();
      assertThat(path.statusFlags().isReadable()).isFalse();
      assertThat(path.statusFlags().isWritable()).isFalse();
      assertThat(directory.statusFlags().isSet(OpenFlag.DIRECTORY)).isTrue();
    }
  }

  @Test
  void flags_byProcAndByFcntl_areTheSame() throws IOException {
    try (Fd memfd = Memfd.create("x")) {
      long shown = ProcFs.infoNumber(memfd.number(), "flags", 8).orElseThrow();
      assertThat((int) shown & ~OpenFlag.CLOSE_ON_EXEC).isEqualTo(memfd.statusFlags().bits());
    }
  }

  @Test
  void toString_showsUnknownBits() {
    assertThat(new StatusFlags(02 | 0100000000)).hasToString("READ_WRITE|0100000000");
  }
}
