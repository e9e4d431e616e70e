// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BomTest {
  @Test
  void bom_listsEveryPublishedArtifact() {
    List<String> published = new ArrayList<>();
    for (String module : Pom.modules()) {
      Pom pom = Pom.of(module);
      boolean isJar = pom.texts("/project/packaging").isEmpty();
      boolean isKept = pom.texts("/project/properties/maven.deploy.skip").contains("true");
      if (isJar && !isKept) {
        published.addAll(pom.texts("/project/artifactId"));
      }
    }

    assertThat(published).contains("luo-linux", "luo-spi", "luo-core");
    assertThat(Pom.of("luo-bom").texts("/project/dependencyManagement//artifactId"))
        .containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void bom_managesNothingThatItInherits() {
    Pom root = Pom.of(".");
    Pom bom = Pom.of("luo-bom");

    assertThat(bom.texts("/project/parent/artifactId"))
        .isEqualTo(root.texts("/project/artifactId"));
    assertThat(root.texts("/project/parent")).isEmpty();
    assertThat(root.texts("//dependencyManagement//artifactId")).isEmpty();
    assertThat(bom.texts("/project/dependencyManagement//groupId")).containsOnly("dev.luo");
  }
}
