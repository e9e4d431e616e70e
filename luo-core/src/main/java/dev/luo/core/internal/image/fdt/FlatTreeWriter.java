// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image.fdt;

import static dev.luo.core.internal.image.fdt.FlatTreeLayout.aligned;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a tree from its beginning to its end, in the order of bytes of the kernel's sequential
 * writer: reserved memory (none), structure, and directly behind it the names of properties, each
 * once, the one that was needed last standing first. For one thread.
 */
public final class FlatTreeWriter {

  private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
  private final List<String> names = new ArrayList<>();

  /** Where the offset of a property's name is to be entered, and which name. */
  private record NameUse(int at, String name) {}

  private final List<NameUse> uses = new ArrayList<>();

  /** Begins a node; the first is the root, whose name is empty. */
  public FlatTreeWriter begin(String name) {
    token(FlatTreeLayout.BEGIN_NODE);
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    structure.writeBytes(bytes);
    pad(bytes.length + 1, bytes.length);
    return this;
  }

  /** Adds a property to the node that has begun, ahead of the nodes in it. */
  public FlatTreeWriter property(String name, byte[] value) {
    if (!names.contains(name)) {
      names.addFirst(name);
    }
    token(FlatTreeLayout.PROPERTY);
    token(value.length);
    uses.add(new NameUse(structure.size(), name));
    token(0);
    structure.writeBytes(value);
    pad(value.length, value.length);
    return this;
  }

  /** Adds a property that is text. */
  public FlatTreeWriter property(String name, String text) {
    return property(name, (text + '\0').getBytes(StandardCharsets.US_ASCII));
  }

  /** Ends the node that began last and has not ended. */
  public FlatTreeWriter end() {
    token(FlatTreeLayout.END_NODE);
    return this;
  }

  /** Ends the tree and returns its bytes. */
  public byte[] finish() {
    token(FlatTreeLayout.END);
    String joined = String.join("\0", names) + '\0';
    byte[] strings = joined.getBytes(StandardCharsets.US_ASCII);
    int structureAt = FlatTreeLayout.RESERVATIONS + FlatTreeLayout.RESERVATION_SIZE;
    int stringsAt = structureAt + structure.size();
    ByteBuffer tree = ByteBuffer.allocate(stringsAt + strings.length);
    tree.putInt(FlatTreeLayout.MAGIC, FlatTreeLayout.MAGIC_VALUE)
        .putInt(FlatTreeLayout.TOTAL_SIZE, tree.capacity())
        .putInt(FlatTreeLayout.OFF_STRUCT, structureAt)
        .putInt(FlatTreeLayout.OFF_STRINGS, stringsAt)
        .putInt(FlatTreeLayout.OFF_RESERVATIONS, FlatTreeLayout.RESERVATIONS)
        .putInt(FlatTreeLayout.VERSION, FlatTreeLayout.VERSION_VALUE)
        .putInt(FlatTreeLayout.LAST_COMPATIBLE, FlatTreeLayout.LAST_COMPATIBLE_VALUE)
        .putInt(FlatTreeLayout.SIZE_STRINGS, strings.length)
        .putInt(FlatTreeLayout.SIZE_STRUCT, structure.size())
        .put(structureAt, structure.toByteArray())
        .put(stringsAt, strings);
    for (NameUse use : uses) {
      tree.putInt(structureAt + use.at(), offsetOf(use.name()));
    }
    return tree.array();
  }

  private int offsetOf(String name) {
    int offset = 0;
    for (String before : names.subList(0, names.indexOf(name))) {
      offset += before.length() + 1;
    }
    return offset;
  }

  private void token(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      structure.write(value >>> shift);
    }
  }

  /** Fills up with zeroes what takes so many bytes, of which so many are there. */
  private void pad(int size, int written) {
    for (int i = written; i < aligned(size); i++) {
      structure.write(0);
    }
  }
}
