// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares what {@code jar --describe-module} says of each published artifact with a text file, so
 * that a change of what the world sees is a change somebody reads.
 *
 * <p>{@code -Dluo.snapshots=update} writes the text files in place of comparing them.
 */
class PublishedModulesIT {
  private static final Path FOLDER = Path.of("src/test/resources/modules");
  private static final boolean UPDATE = "update".equals(System.getProperty("luo.snapshots"));

  static List<LuoModule> published() {
    return LuoModule.all().stream().filter(LuoModule::isPublished).toList();
  }

  @ParameterizedTest
  @MethodSource("published")
  void module_isAsItsSnapshotSays(LuoModule module) throws IOException {
    Path snapshot = FOLDER.resolve(module.name() + ".txt");
    String description = describe(module.jar());
    if (UPDATE) {
      Files.writeString(snapshot, description);
    }

    assertThat(description)
        .as("%s; if the change is meant, see CONTRIBUTING.md, Snapshots", snapshot)
        .isEqualTo(Files.exists(snapshot) ? Files.readString(snapshot) : "no snapshot yet");
  }

  @Test
  void snapshots_areOfPublishedModulesOnly() throws IOException {
    try (Stream<Path> snapshots = Files.list(FOLDER)) {
      assertThat(snapshots.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              published().stream().map(module -> module.name() + ".txt").toList());
    }
  }

  private static String describe(Path jar) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output);
    int status =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(writer, writer, "--describe-module", "--file=" + jar);
    assertThat(status).as(output.toString()).isZero();
    return withoutPlace(output.toString());
  }

  /** Leaves out version and file, which differ from one release and one folder to the next. */
  private static String withoutPlace(String description) {
    return description.replaceFirst("@\\S+ jar:file:\\S+", "").strip() + "\n";
  }
}
