// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.internal.image.fdt.FlatTree;
import dev.luo.core.internal.image.fdt.FlatTree.Node;
import dev.luo.core.internal.image.fdt.FlatTree.Property;
import dev.luo.core.internal.image.fdt.FlatTreeWriter;
import dev.luo.core.internal.image.fdt.MalformedTreeException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the tree of luo-v1 says. Numbers in it are copies of the machine's memory and little-endian,
 * though the tree around them is big-endian.
 *
 * @param generation the kernel's {@code liveupdate-number}
 * @param sessions address of the session area
 * @param flbs address of the FLB table, 0 if there is none
 */
record LuoTree(long generation, long sessions, long flbs) {

  private static final String COMPATIBLE = "compatible";
  private static final String NUMBER = "liveupdate-number";
  private static final String SESSION_NODE = "luo-session";
  private static final String SESSION_HEADER = "luo-session-header";
  private static final String FLB_NODE = "luo-flb";
  private static final String FLB_HEADER = "luo-flb-header";

  private static final String ROOT_COMPATIBLE = "luo-v1";
  private static final String SESSION_COMPATIBLE = "luo-session-v2";
  private static final String FLB_COMPATIBLE = "luo-flb-v1";

  /** Writes the tree, in the order of the kernel. */
  byte[] bytes() {
    FlatTreeWriter tree =
        new FlatTreeWriter()
            .begin("")
            .property(COMPATIBLE, ROOT_COMPATIBLE)
            .property(NUMBER, u64(generation))
            .begin(SESSION_NODE)
            .property(COMPATIBLE, SESSION_COMPATIBLE)
            .property(SESSION_HEADER, u64(sessions))
            .end();
    if (flbs != 0) {
      tree.begin(FLB_NODE)
          .property(COMPATIBLE, FLB_COMPATIBLE)
          .property(FLB_HEADER, u64(flbs))
          .end();
    }
    return tree.end().finish();
  }

  private static byte[] u64(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(Long.reverseBytes(value)).array();
  }

  /**
   * Reads the tree of a page. Nodes and properties that are not known are passed over, as by the
   * kernel.
   *
   * @throws MalformedTreeException if it is none, or not this one
   */
  static LuoTree read(Page page) throws MalformedTreeException {
    FlatTree tree = FlatTree.parse(page.bytes());
    if (!page.isZero(tree.byteSize(), page.byteSize())) {
      throw new MalformedTreeException(tree.byteSize(), "the rest of the page is not zero");
    }
    Node root = tree.root();
    requireCompatible(root, ROOT_COMPATIBLE);
    Optional<Node> session = root.node(SESSION_NODE);
    if (session.isEmpty()) {
      throw new MalformedTreeException(root.offset(), "there is no node " + SESSION_NODE);
    }
    requireCompatible(session.get(), SESSION_COMPATIBLE);
    Optional<Node> flb = root.node(FLB_NODE);
    if (flb.isPresent()) {
      requireCompatible(flb.get(), FLB_COMPATIBLE);
    }
    return new LuoTree(
        u64(root, NUMBER),
        u64(session.get(), SESSION_HEADER),
        flb.isPresent() ? u64(flb.get(), FLB_HEADER) : 0);
  }

  private static void requireCompatible(Node node, String value) throws MalformedTreeException {
    Property property = property(node, COMPATIBLE);
    if (!property.value().isText(value)) {
      throw new MalformedTreeException(
          property.offset(), "compatible of /" + node.name() + " is not \"" + value + '"');
    }
  }

  private static long u64(Node node, String name) throws MalformedTreeException {
    Property property = property(node, name);
    if (property.value().byteSize() != Long.BYTES) {
      throw new MalformedTreeException(
          property.offset(), name + " has " + property.value().byteSize() + " bytes");
    }
    return property.value().u64();
  }

  private static Property property(Node node, String name) throws MalformedTreeException {
    return node.property(name)
        .orElseThrow(() ->
            new MalformedTreeException(
                node.offset(), "/" + node.name() + " has no property " + name));
  }
}
