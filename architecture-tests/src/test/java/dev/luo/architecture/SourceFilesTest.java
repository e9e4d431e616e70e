// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceFilesTest {
  private static final String HEADER =
      """
      // Copyright 2026 the luo authors.
      // SPDX-License-Identifier: Apache-2.0

      """;

  /** The formatter looks at classes only, not at {@code package-info} and {@code module-info}. */
  @Test
  void javaFiles_beginWithTheLicence() throws IOException {
    List<Path> without = new ArrayList<>();
    List<Path> files = Repository.sources(".java");
    for (Path file : files) {
      if (!Files.readString(Repository.file(file.toString())).startsWith(HEADER)) {
        without.add(file);
      }
    }
    assertThat(files).hasSizeGreaterThan(100);
    assertThat(without).isEmpty();
  }
}
