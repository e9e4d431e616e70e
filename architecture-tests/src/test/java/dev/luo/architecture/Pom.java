// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What the {@code pom.xml} of a module says. */
public final class Pom {
  private static final XPath XPATH = XPathFactory.newInstance().newXPath();

  private final Document document;

  private Pom(Document document) {
    this.document = document;
  }

  /** Reads that of the module in this folder of the repository; {@code "."} is the parent. */
  public static Pom of(String folder) {
    try {
      return new Pom(
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(Repository.file(folder).resolve("pom.xml").toFile()));
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  /** The folders of all modules. */
  public static List<String> modules() {
    return of(".").texts("/project/modules/module");
  }

  /** The texts of all elements that an XPath finds. */
  public List<String> texts(String path) {
    try {
      NodeList nodes = (NodeList) XPATH.evaluate(path, document, XPathConstants.NODESET);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        texts.add(nodes.item(i).getTextContent().strip());
      }
      return texts;
    } catch (XPathExpressionException e) {
      throw new AssertionError(e);
    }
  }
}
