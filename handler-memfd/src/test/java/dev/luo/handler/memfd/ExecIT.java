// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.LiveUpdate;
import dev.luo.handler.memfd.ExecProgram.Kind;
import dev.luo.linux.Fd;
import dev.luo.spi.FileHandler;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Memory over a real exec, into JVMs that know nothing but what was handed over. */
@NoDescriptorLeaks
class ExecIT {
  private static final Path FREE_HUGE_PAGES =
      Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages");

  @Test
  void sealedMemory_overThreeGenerations() throws Exception {
    assertThat(overThreeGenerations(Kind.SEALED))
        .startsWith("ram size 8 ")
        .contains(" seals SHRINK|GROW ");
  }

  @Test
  void sparseMemory_keepsItsHolesAndItsMode() throws Exception {
    assertThat(overThreeGenerations(Kind.SPARSE))
        .startsWith("sparse size 16777216 mode 640 ")
        .containsPattern("data \\[Extent\\[offset=0, .*, Extent\\[offset=8388608, ");
  }

  @Test
  void hugePages_overThreeGenerations() throws Exception {
    boolean reserved =
        Files.exists(FREE_HUGE_PAGES)
            && Long.parseLong(Files.readString(FREE_HUGE_PAGES).strip()) >= 1;
    Facilities.require("hugetlb-reserved", reserved, "no free huge page of 2 MiB");
    assertThat(overThreeGenerations(Kind.HUGE))
        .startsWith("huge size 2097152 ")
        .contains(" huge pages 2097152 ");
  }

  /** Answers what the memory was when it was made; both successors saw the same. */
  private static String overThreeGenerations(Kind kind) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--illegal-native-access=deny",
                "-cp",
                classPath(),
                ExecProgram.class.getName(),
                kind.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output;
    try (var stream = process.getInputStream()) {
      output = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(output).startsWith("NEW ").contains(" position 0\n");

    String memory = output.substring("NEW ".length(), output.indexOf(" position 0\n"));
    String pid = "pid " + process.pid();
    assertThat(output.lines())
        .containsExactly(
            "NEW " + memory + " position 0",
            pid,
            "LIVE " + memory + " position 1",
            pid,
            "LIVE " + memory + " position 2",
            pid,
            "last 3");
    assertThat(process.exitValue()).isZero();
    return memory;
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
