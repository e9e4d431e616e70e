// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image.fdt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A tree that was taken apart. Values of properties are bytes: a tree says nothing on what they
 * mean, and in the kernel's they are not in the byte order of the tree.
 *
 * @param byteSize how many bytes it takes, as it says itself
 * @param root the node without a name
 */
public record FlatTree(int byteSize, Node root) {

  /**
   * A node.
   *
   * @param offset where it begins, in bytes from the beginning of the tree
   */
  public record Node(int offset, String name, List<Property> properties, List<Node> nodes) {

    Node(int offset, String name) {
      this(offset, name, new ArrayList<>(), new ArrayList<>());
    }

    /** Finds a property; no name comes twice. */
    public Optional<Property> property(String of) {
      return properties.stream().filter(property -> property.name().equals(of)).findFirst();
    }

    /** Finds a node; no name comes twice. */
    public Optional<Node> node(String of) {
      return nodes.stream().filter(node -> node.name().equals(of)).findFirst();
    }
  }

  /**
   * A property.
   *
   * @param offset where its value begins, in bytes from the beginning of the tree; it may be odd
   */
  public record Property(int offset, String name, Value value) {}

  /** The bytes of a property. */
  public static final class Value {
    private final byte[] bytes;

    Value(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Returns how many there are. */
    public int byteSize() {
      return bytes.length;
    }

    /** Tells whether they are this text and a NUL. */
    public boolean isText(String text) {
      return Arrays.equals(bytes, (text + '\0').getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads eight bytes in the order of the machines that luo runs on, not in the tree's. */
    public long u64() {
      return Long.reverseBytes(ByteBuffer.wrap(bytes).getLong());
    }
  }

  /**
   * Takes a tree apart.
   *
   * @param bytes that begin with a tree; there may be more behind it
   * @throws MalformedTreeException if they do not
   */
  public static FlatTree parse(byte[] bytes) throws MalformedTreeException {
    return new FlatTreeParser(bytes).parse();
  }
}
