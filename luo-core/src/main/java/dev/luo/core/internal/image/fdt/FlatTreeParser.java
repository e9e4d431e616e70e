// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image.fdt;

import static dev.luo.core.internal.image.fdt.FlatTreeLayout.aligned;

import dev.luo.core.internal.image.fdt.FlatTree.Node;
import dev.luo.core.internal.image.fdt.FlatTree.Property;
import dev.luo.core.internal.image.fdt.FlatTree.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Goes through a tree once, from its header to its last token. */
final class FlatTreeParser {

  /** More than the kernel's trees have; they have two levels. */
  private static final int MAX_DEPTH = 8;

  private final byte[] bytes;
  private final ByteBuffer tree;
  private final Deque<Node> open = new ArrayDeque<>();
  private int at;
  private int end;
  private int strings;
  private int stringsEnd;
  private @Nullable Node root;

  FlatTreeParser(byte[] bytes) {
    this.bytes = bytes;
    this.tree = ByteBuffer.wrap(bytes);
  }

  FlatTree parse() throws MalformedTreeException {
    int total = readHeader();
    while (true) {
      int token = at;
      switch (take()) {
        case FlatTreeLayout.BEGIN_NODE -> begin(token);
        case FlatTreeLayout.PROPERTY -> property(token);
        case FlatTreeLayout.END_NODE -> {
          if (open.isEmpty()) {
            throw new MalformedTreeException(token, "a node ends that has not begun");
          }
          open.pop();
        }
        case FlatTreeLayout.NOP -> {}
        case FlatTreeLayout.END -> {
          return new FlatTree(total, ended(token));
        }
        default ->
            throw new MalformedTreeException(
                token, "there is no token " + Integer.toUnsignedString(tree.getInt(token)));
      }
    }
  }

  /** Checks the header, and returns how many bytes the tree takes. */
  private int readHeader() throws MalformedTreeException {
    if (bytes.length < FlatTreeLayout.HEADER_END
        || tree.getInt(FlatTreeLayout.MAGIC) != FlatTreeLayout.MAGIC_VALUE) {
      throw new MalformedTreeException(FlatTreeLayout.MAGIC, "this is not a device tree");
    }
    if (tree.getInt(FlatTreeLayout.VERSION) < FlatTreeLayout.VERSION_VALUE
        || tree.getInt(FlatTreeLayout.LAST_COMPATIBLE) > FlatTreeLayout.VERSION_VALUE
        || tree.getInt(FlatTreeLayout.LAST_COMPATIBLE) < FlatTreeLayout.LAST_COMPATIBLE_VALUE) {
      throw new MalformedTreeException(
          FlatTreeLayout.VERSION, "its version is not the one that is understood");
    }
    int total = tree.getInt(FlatTreeLayout.TOTAL_SIZE);
    if (total < FlatTreeLayout.HEADER_END || total > bytes.length) {
      throw new MalformedTreeException(
          FlatTreeLayout.TOTAL_SIZE, "a tree of " + Integer.toUnsignedString(total) + " bytes");
    }
    at = part(FlatTreeLayout.OFF_STRUCT, FlatTreeLayout.SIZE_STRUCT, total);
    end = at + tree.getInt(FlatTreeLayout.SIZE_STRUCT);
    strings = part(FlatTreeLayout.OFF_STRINGS, FlatTreeLayout.SIZE_STRINGS, total);
    stringsEnd = strings + tree.getInt(FlatTreeLayout.SIZE_STRINGS);
    if (at % FlatTreeLayout.TOKEN_SIZE != 0) {
      throw new MalformedTreeException(FlatTreeLayout.OFF_STRUCT, "the structure is not aligned");
    }
    checkReservations(total);
    return total;
  }

  /** Checks that a part of the tree lies in it, and returns where it begins. */
  private int part(int offsetAt, int sizeAt, int total) throws MalformedTreeException {
    int offset = tree.getInt(offsetAt);
    int size = tree.getInt(sizeAt);
    if (offset < FlatTreeLayout.HEADER_END || size < 0 || offset > total || size > total - offset) {
      throw new MalformedTreeException(
          offsetAt,
          Integer.toUnsignedString(size)
              + " bytes from "
              + Integer.toUnsignedString(offset)
              + " on are not inside the tree");
    }
    return offset;
  }

  /** Reserved memory is nothing to luo; the list of it has an end all the same. */
  private void checkReservations(int total) throws MalformedTreeException {
    int entry = tree.getInt(FlatTreeLayout.OFF_RESERVATIONS);
    if (entry < FlatTreeLayout.HEADER_END || entry % 8 != 0) {
      throw new MalformedTreeException(
          FlatTreeLayout.OFF_RESERVATIONS, "reserved memory is not inside the tree");
    }
    while (entry <= total - FlatTreeLayout.RESERVATION_SIZE) {
      if (tree.getLong(entry) == 0 && tree.getLong(entry + Long.BYTES) == 0) {
        return;
      }
      entry += FlatTreeLayout.RESERVATION_SIZE;
    }
    throw new MalformedTreeException(
        FlatTreeLayout.OFF_RESERVATIONS, "the list of reserved memory does not end");
  }

  private int take() throws MalformedTreeException {
    if (end - at < FlatTreeLayout.TOKEN_SIZE) {
      throw new MalformedTreeException(at, "the structure does not end");
    }
    int value = tree.getInt(at);
    at += FlatTreeLayout.TOKEN_SIZE;
    return value;
  }

  private void begin(int token) throws MalformedTreeException {
    String name = string(at, end);
    Node node = new Node(token, name);
    Node parent = open.peek();
    if (open.size() == MAX_DEPTH) {
      throw new MalformedTreeException(token, "more than " + MAX_DEPTH + " nodes in each other");
    }
    if (parent == null) {
      if (root != null || !name.isEmpty()) {
        throw new MalformedTreeException(token, "a second root, or one with a name");
      }
      root = node;
    } else {
      if (name.isEmpty() || parent.node(name).isPresent()) {
        throw new MalformedTreeException(token, "a second node \"" + name + "\", or one without");
      }
      parent.nodes().add(node);
    }
    open.push(node);
    skip(name.length() + 1);
  }

  private void property(int token) throws MalformedTreeException {
    int length = take();
    int nameOffset = take();
    Node node = open.peek();
    if (node == null || !node.nodes().isEmpty()) {
      throw new MalformedTreeException(token, "a property that is not ahead in a node");
    }
    if (length < 0 || length > end - at) {
      throw new MalformedTreeException(
          token, "a property of " + Integer.toUnsignedString(length) + " bytes");
    }
    if (nameOffset < 0 || nameOffset > stringsEnd - strings) {
      throw new MalformedTreeException(
          token, "a name at " + Integer.toUnsignedString(nameOffset) + " of the names");
    }
    String name = string(strings + nameOffset, stringsEnd);
    if (node.property(name).isPresent()) {
      throw new MalformedTreeException(token, "a second property \"" + name + '"');
    }
    node.properties()
        .add(new Property(at, name, new Value(Arrays.copyOfRange(bytes, at, at + length))));
    skip(length);
  }

  /** Goes behind something that is filled up with zeroes to where a token can stand. */
  private void skip(int length) throws MalformedTreeException {
    int next = at + aligned(length);
    if (next > end) {
      throw new MalformedTreeException(at, "the structure ends too early");
    }
    for (int i = at + length; i < next; i++) {
      if (bytes[i] != 0) {
        throw new MalformedTreeException(i, "what fills up is not zero");
      }
    }
    at = next;
  }

  private String string(int from, int limit) throws MalformedTreeException {
    for (int i = from; i < limit; i++) {
      if (bytes[i] == 0) {
        return new String(bytes, from, i - from, StandardCharsets.ISO_8859_1);
      }
      if (bytes[i] <= ' ') {
        break;
      }
    }
    throw new MalformedTreeException(from, "there is no name");
  }

  private Node ended(int token) throws MalformedTreeException {
    if (root == null || !open.isEmpty() || at != end) {
      throw new MalformedTreeException(token, "the structure ends where it should not");
    }
    return root;
  }
}
