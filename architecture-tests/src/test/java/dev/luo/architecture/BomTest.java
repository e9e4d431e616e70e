// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class BomTest {
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  @Test
  void bom_listsEveryPublishedArtifact() throws Exception {
    List<String> published = new ArrayList<>();
    for (String module : texts(pom("."), "/project/modules/module")) {
      Document pom = pom(module);
      boolean isJar = texts(pom, "/project/packaging").isEmpty();
      boolean isKept = texts(pom, "/project/properties/maven.deploy.skip").contains("true");
      if (isJar && !isKept) {
        published.addAll(texts(pom, "/project/artifactId"));
      }
    }

    assertThat(published).contains("luo-linux", "luo-spi", "luo-core");
    assertThat(texts(pom("luo-bom"), "/project/dependencyManagement//artifactId"))
        .containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void bom_managesNothingThatItInherits() throws Exception {
    Document bom = pom("luo-bom");

    assertThat(texts(bom, "/project/parent/artifactId"))
        .isEqualTo(texts(pom("."), "/project/artifactId"));
    assertThat(texts(pom("."), "/project/parent")).isEmpty();
    assertThat(texts(pom("."), "//dependencyManagement//artifactId")).isEmpty();
    assertThat(texts(bom, "/project/dependencyManagement//groupId")).containsOnly("dev.luo");
  }

  private static Document pom(String module) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Repository.file(module).resolve("pom.xml").toFile());
  }

  private static List<String> texts(Document document, String path) throws Exception {
    NodeList nodes = (NodeList) XPATH.evaluate(path, document, XPathConstants.NODESET);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent().strip());
    }
    return texts;
  }
}
