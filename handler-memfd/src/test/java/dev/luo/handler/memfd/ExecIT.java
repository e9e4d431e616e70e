// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.LiveUpdate;
import dev.luo.linux.Fd;
import dev.luo.spi.FileHandler;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Memory over a real exec, into JVMs that know nothing but what was handed over. */
@NoDescriptorLeaks
class ExecIT {

  @Test
  void memory_overThreeGenerations() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--illegal-native-access=deny",
                "-cp",
                classPath(),
                ExecProgram.class.getName())
            .redirectErrorStream(true)
            .start();
    String output;
    try (var stream = process.getInputStream()) {
      output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();

    String pid = "pid " + process.pid();
    assertThat(output.lines())
        .containsExactlyElementsOf(
            List.of(
                pid,
                "LIVE ram size 8 position 1 seals SHRINK|GROW",
                pid,
                "LIVE ram size 8 position 2 seals SHRINK|GROW",
                pid,
                "last 3"));
    assertThat(process.exitValue()).isZero();
  }

  /** Ours first; luo's own dependencies are where this JVM has them. */
  private static String classPath() {
    String ours =
        ClassPath.of(
            ExecProgram.class,
            MemfdHandler.class,
            LiveUpdate.class,
            FileHandler.class,
            Fd.class,
            Facilities.class);
    return ours + File.pathSeparator + System.getProperty("java.class.path");
  }
}
