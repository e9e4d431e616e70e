// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.Fd;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.spi.FileHandler;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to the first access in a process that has just been started. */
@NoDescriptorLeaks
class FreshProcessTest {

  /** In the process that retrieves, native code is forbidden: a single downcall would end it. */
  @Test
  void retrieve_withoutTheForeignLinker(@TempDir Path folder) throws Exception {
    Path record = folder.resolve("record");
    Path errors = folder.resolve("errors");
    try (Fd memory = Memory.withContent("ram");
        Fd preserved = Open.again(memory, OpenFlag.READ_ONLY);
        Rig rig = new Rig(preserved).preserve().freeze()) {
      Files.write(record, rig.record().toArray(ValueLayout.JAVA_BYTE));

      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "--illegal-native-access=deny",
                  "-Xshare:auto",
                  "-cp",
                  ClassPath.of(FreshProcess.class, MemfdHandler.class, FileHandler.class, Fd.class),
                  FreshProcess.class.getName(),
                  record.toString())
              .redirectInput(new File("/proc/self/fd/" + memory.number()))
              .redirectError(errors.toFile())
              .start();
      String output;
      try (var stream = process.getInputStream()) {
        output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      }
      boolean ended = process.waitFor(1, TimeUnit.MINUTES);
      process.destroyForcibly();

      assertThat(ended).isTrue();
      assertThat(output).as(() -> read(errors)).isEqualTo("LIVE \n");
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
