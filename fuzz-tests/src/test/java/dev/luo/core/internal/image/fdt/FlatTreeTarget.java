// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image.fdt;

import dev.luo.core.internal.image.fdt.FlatTree.Node;
import dev.luo.core.internal.image.fdt.FlatTree.Property;
import dev.luo.fuzz.Budget;
import dev.luo.fuzz.Target;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Bytes as a flattened device tree, at most a page as in an image: they are refused at a place
 * inside them, or are a tree whose nodes and properties lie in it in their order, each name once
 * among its siblings.
 */
public final class FlatTreeTarget implements Target {

  private static final int PAGE = 4096;

  @Override
  public List<byte[]> seeds() {
    return List.of(
        new FlatTreeWriter().begin("").end().finish(),
        new FlatTreeWriter()
            .begin("")
            .property("compatible", "luo-v1")
            .property("liveupdate-number", new byte[8])
            .begin("luo-session")
            .property("compatible", "luo-session-v2")
            .property("odd", new byte[5])
            .end()
            .begin("luo-flb")
            .begin("nested")
            .property("empty", new byte[0])
            .end()
            .end()
            .end()
            .finish());
  }

  @Override
  public void test(byte[] input) throws Exception {
    byte[] bytes = Arrays.copyOf(input, Math.min(input.length, PAGE));
    FlatTree tree;
    try {
      tree = Budget.within((64 << 10) + 64L * bytes.length, () -> FlatTree.parse(bytes));
    } catch (MalformedTreeException refused) {
      check(
          refused.offset() >= 0 && refused.offset() <= Math.max(bytes.length, 40),
          "refused at " + refused.offset());
      return;
    }
    check(tree.byteSize() <= bytes.length, "a tree of " + tree.byteSize() + " bytes");
    check(tree.root().name().isEmpty(), "a root with a name");
    int _ = end(tree.root(), tree.byteSize());
  }

  /** Returns where the last part of a node lies. */
  private static int end(Node node, int limit) {
    int at = node.offset();
    Set<String> names = new HashSet<>();
    for (Property property : node.properties()) {
      check(names.add(property.name()), "two properties " + property.name());
      check(property.offset() > at, "a property outside its node");
      at = property.offset() + property.value().byteSize();
      check(at < limit, "a property that is longer than its tree");
    }
    names.clear();
    for (Node child : node.nodes()) {
      check(!child.name().isEmpty() && names.add(child.name()), "two nodes " + child.name());
      check(child.offset() >= at, "a node outside its parent");
      at = end(child, limit);
    }
    return at;
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
