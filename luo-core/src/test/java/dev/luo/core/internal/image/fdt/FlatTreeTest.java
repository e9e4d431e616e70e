// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image.fdt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that are taken apart, and bytes that are none. */
class FlatTreeTest {

  /** Where the structure of these trees begins. */
  private static final int STRUCTURE = 64;

  private static byte[] example() {
    return new FlatTreeWriter()
        .begin("")
        .property("compatible", "root-v1")
        .property("empty", new byte[0])
        .begin("a")
        .property("compatible", "a-v1")
        .property("bytes", new byte[] {1, 2, 3, 4, 5})
        .begin("b")
        .end()
        .end()
        .begin("longer-name")
        .end()
        .end()
        .finish();
  }

  private static void assertMalformed(byte[] bytes, String what) {
    assertThatExceptionOfType(MalformedTreeException.class)
        .isThrownBy(() -> FlatTree.parse(bytes))
        .withMessageContaining(what);
  }

  private static byte[] changed(Consumer<ByteBuffer> change) {
    byte[] bytes = example();
    change.accept(ByteBuffer.wrap(bytes));
    return bytes;
  }

  @Test
  void parse_findsWhatWasWritten() throws Exception {
    FlatTree.Node root = FlatTree.parse(example()).root();

    assertThat(root.property("compatible").orElseThrow().value().isText("root-v1")).isTrue();
    assertThat(root.property("empty").orElseThrow().value().byteSize()).isZero();
    FlatTree.Node a = root.node("a").orElseThrow();
    assertThat(a.property("bytes").orElseThrow().value().byteSize()).isEqualTo(5);
    assertThat(a.property("compatible").orElseThrow().value().isText("a-v")).isFalse();
    assertThat(a.node("b")).isPresent();
    assertThat(root.node("longer-name")).isPresent();
    assertThat(root.node("longer")).isEmpty();
  }

  @Test
  void parse_leavesWhatIsBehindTheTree() throws Exception {
    byte[] tree = example();
    byte[] page = Arrays.copyOf(tree, 4096);
    page[4095] = 1;

    assertThat(FlatTree.parse(page).byteSize()).isEqualTo(tree.length);
  }

  @Test
  void parse_passesOverTokensThatSayNothing() throws Exception {
    byte[] tree = new FlatTreeWriter().begin("").property("x", new byte[4]).end().finish();
    // The property becomes four of them.
    ByteBuffer.wrap(tree)
        .putInt(STRUCTURE + 8, 4)
        .putInt(STRUCTURE + 12, 4)
        .putInt(STRUCTURE + 16, 4)
        .putInt(STRUCTURE + 20, 4);

    assertThat(FlatTree.parse(tree).root().properties()).isEmpty();
  }

  @Test
  void parse_refusesEveryTruncation() {
    byte[] tree = example();
    for (int size = 0; size < tree.length; size++) {
      byte[] part = Arrays.copyOf(tree, size);
      assertThatExceptionOfType(MalformedTreeException.class)
          .as("%d bytes", size)
          .isThrownBy(() -> FlatTree.parse(part));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, not a device tree",
    "4, 39, a tree of 39 bytes",
    "4, -1, a tree of 4294967295 bytes",
    "8, 36, not inside the tree",
    "8, -4, not inside the tree",
    "8, 66, not aligned",
    "12, 2147483647, not inside the tree",
    "16, 44, reserved memory",
    "16, -8, reserved memory",
    "16, 2147483640, does not end",
    "20, 16, version",
    "20, -1, version",
    "24, 18, version",
    "24, 15, version",
    "32, 1000, not inside the tree",
    "32, -1, not inside the tree",
    "36, 1000, not inside the tree",
    "36, -4, not inside the tree",
  })
  void parse_refusesHeaders(int at, int value, String what) {
    assertMalformed(changed(tree -> tree.putInt(at, value)), what);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 8, 10, 0x0100_0000, -1})
  void parse_refusesUnknownTokens(int token) {
    assertMalformed(changed(tree -> tree.putInt(STRUCTURE, token)), "there is no token");
  }

  @Test
  void parse_refusesAnEndWithoutABeginning() {
    assertMalformed(changed(tree -> tree.putInt(STRUCTURE, 2)), "has not begun");
  }

  @Test
  void parse_refusesAnEndInTheMiddle() {
    assertMalformed(changed(tree -> tree.putInt(STRUCTURE + 8, 9)), "ends where it should not");
  }

  @Test
  void parse_refusesARootWithAName() {
    assertMalformed(changed(tree -> tree.put(STRUCTURE + 4, (byte) 'x')), "second root");
  }

  @Test
  void parse_refusesTwoRoots() {
    byte[] tree = new FlatTreeWriter().begin("").end().begin("").end().finish();
    assertMalformed(tree, "second root");
  }

  @Test
  void parse_refusesTwoNodesOfOneName() {
    byte[] tree = new FlatTreeWriter().begin("").begin("a").end().begin("a").end().end().finish();
    assertMalformed(tree, "second node \"a\"");
  }

  @Test
  void parse_refusesTwoPropertiesOfOneName() {
    byte[] tree =
        new FlatTreeWriter().begin("").property("a", "x").property("a", "y").end().finish();
    assertMalformed(tree, "second property \"a\"");
  }

  @Test
  void parse_refusesPropertiesBehindNodes() {
    byte[] tree =
        new FlatTreeWriter().begin("").begin("a").end().property("late", "x").end().finish();
    assertMalformed(tree, "not ahead in a node");
  }

  @Test
  void parse_refusesNodesThatDoNotEndGoingIn() {
    FlatTreeWriter tree = new FlatTreeWriter().begin("");
    for (int i = 0; i < 8; i++) {
      tree.begin("n");
    }
    assertMalformed(tree.finish(), "in each other");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 4096})
  void parse_refusesLengthsOfProperties(int length) {
    assertMalformed(changed(tree -> tree.putInt(STRUCTURE + 12, length)), "a property of");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 4096})
  void parse_refusesNamesOfProperties(int offset) {
    assertMalformed(changed(tree -> tree.putInt(STRUCTURE + 16, offset)), "a name at");
  }

  @Test
  void parse_neverFailsOtherwise() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      byte[] tree = example();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        tree[random.nextInt(tree.length)] =
            (byte) (random.nextBoolean() ? random.nextInt(10) : random.nextInt(256));
      }
      try {
        assertThat(FlatTree.parse(tree).byteSize()).isLessThanOrEqualTo(tree.length);
      } catch (MalformedTreeException e) {
        assertThat(e.offset()).as("seed %d", seed).isBetween(0, tree.length);
      }
    }
  }
}
