// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.internal.image.fdt.FlatTreeWriter;
import dev.luo.core.internal.image.fdt.MalformedTreeException;
import dev.luo.testing.RequiresFacility;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tree of luo-v1: the bytes of the kernel, and what a tool for device trees says of them. */
class LuoTreeTest {

  /** What Linux 6.19 writes for generation 1 and sessions at 0x123456000. */
  private static final String REFERENCE =
      """
      d00dfeed 000000ec 00000040 000000bc 00000030 00000011 00000010 00000000
      00000030 0000007c 00000000 00000000 00000000 00000000 00000000 00000000
      00000001 00000000 00000003 00000007 00000025 6c756f2d 76310000 00000003
      00000008 00000013 01000000 00000000 00000001 6c756f2d 73657373 696f6e00
      00000003 0000000f 00000025 6c756f2d 73657373 696f6e2d 76320000 00000003
      00000008 00000000 00604523 01000000 00000002 00000002 00000009 6c756f2d
      73657373 696f6e2d 68656164 6572006c 69766575 70646174 652d6e75 6d626572
      00636f6d 70617469 626c6500
      """;

  private static final LuoTree WITHOUT_FLBS = new LuoTree(1, 0x1_2345_6000L, 0);
  private static final LuoTree WITH_FLBS = new LuoTree(1, 0x1_2345_6000L, 0x1_2345_7000L);

  @TempDir private Path folder;

  private static byte[] reference() {
    return HexFormat.of().parseHex(REFERENCE.replaceAll("\\s", ""));
  }

  private static Page page(byte[] tree) {
    Page page = new Page();
    System.arraycopy(tree, 0, page.bytes(), 0, tree.length);
    return page;
  }

  @Test
  void bytes_areThoseOfTheKernel() {
    assertThat(WITHOUT_FLBS.bytes()).hasSize(236).isEqualTo(reference());
  }

  @Test
  void bytes_withFlbs_haveTheirSizes() {
    byte[] tree = WITH_FLBS.bytes();
    assertThat(tree).hasSize(311);
    // Total size, structure, names.
    assertThat(Arrays.copyOfRange(tree, 4, 16))
        .isEqualTo(HexFormat.of().parseHex("00000137" + "00000040" + "000000f8"));
    assertThat(Arrays.copyOfRange(tree, 32, 40))
        .isEqualTo(HexFormat.of().parseHex("0000003f" + "000000b8"));
    assertThat(new String(tree, 248, 63, StandardCharsets.US_ASCII))
        .isEqualTo("luo-flb-header\0luo-session-header\0liveupdate-number\0compatible\0");
  }

  @Test
  void read_takesTheBytesOfTheKernel() throws Exception {
    assertThat(LuoTree.read(page(reference()))).isEqualTo(WITHOUT_FLBS);
    assertThat(LuoTree.read(page(WITH_FLBS.bytes()))).isEqualTo(WITH_FLBS);
  }

  @Test
  void read_keepsAllBitsOfNumbers() throws Exception {
    LuoTree tree = new LuoTree(0x8877_6655_4433_2211L, -1, Long.MIN_VALUE);
    assertThat(LuoTree.read(page(tree.bytes()))).isEqualTo(tree);
  }

  @Test
  void read_passesOverWhatItDoesNotKnow() throws Exception {
    byte[] tree =
        new FlatTreeWriter()
            .begin("")
            .property("compatible", "luo-v1")
            .property("liveupdate-number", new byte[] {7, 0, 0, 0, 0, 0, 0, 0})
            .property("further", "x")
            .begin("luo-session")
            .property("luo-session-header", new byte[] {0, 16, 0, 0, 0, 0, 0, 0})
            .property("compatible", "luo-session-v2")
            .end()
            .begin("luo-further")
            .end()
            .end()
            .finish();
    assertThat(LuoTree.read(page(tree))).isEqualTo(new LuoTree(7, 0x1000, 0));
  }

  private static void assertRefused(byte[] tree, String what) {
    assertThatExceptionOfType(MalformedTreeException.class)
        .isThrownBy(() -> LuoTree.read(page(tree)))
        .withMessageContaining(what);
  }

  private static byte[] replaced(byte[] tree, String text, String by) {
    String all = new String(tree, StandardCharsets.ISO_8859_1);
    assertThat(all).contains(text);
    return all.replace(text, by).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void des01_read_refusesAnotherCompatible() {
    assertRefused(replaced(reference(), "luo-v1", "luo-v2"), "compatible of / is not \"luo-v1\"");
    // Named by documentation of the kernel, and written by none.
    assertRefused(replaced(reference(), "session-v2", "session-v1"), "of /luo-session is not");
    assertRefused(replaced(WITH_FLBS.bytes(), "flb-v1", "flb-v2"), "of /luo-flb is not");
  }

  @Test
  void read_refusesWhatIsMissing() {
    assertRefused(
        replaced(reference(), "liveupdate-number", "liveupdate-numbeR"),
        "no property liveupdate-number");
    assertRefused(
        replaced(reference(), "luo-session\0", "luo-sessioN\0"), "there is no node luo-session");
    assertRefused(
        replaced(reference(), "luo-session-header", "luo-session-headeR"),
        "/luo-session has no property luo-session-header");
  }

  @Test
  void read_refusesNumbersOfAnotherLength() {
    byte[] tree =
        new FlatTreeWriter()
            .begin("")
            .property("compatible", "luo-v1")
            .property("liveupdate-number", new byte[4])
            .begin("luo-session")
            .property("compatible", "luo-session-v2")
            .property("luo-session-header", new byte[8])
            .end()
            .end()
            .finish();
    assertRefused(tree, "liveupdate-number has 4 bytes");
  }

  @Test
  void ser25_read_refusesMoreBehindTheTree() {
    byte[] page = Arrays.copyOf(reference(), 4096);
    page[4095] = 1;
    assertRefused(page, "the rest of the page is not zero");
  }

  private String run(LuoTree tree, String... command) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("luo.dtb"), tree.bytes());
    String[] words = Arrays.copyOf(command, command.length + 1);
    words[command.length] = file.toString();
    Process process =
        new ProcessBuilder(words).redirectError(folder.resolve("errors").toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  @RequiresFacility(value = "dtc", commands = "dtc")
  void dtc_showsTheTree_withNumbersSwapped() throws Exception {
    // Eight bytes are shown as two numbers of the tree's byte order, which is not theirs.
    assertThat(run(WITH_FLBS, "dtc", "-q", "-I", "dtb", "-O", "dts"))
        .isEqualToIgnoringWhitespace(
            """
            /dts-v1/;
            / {
              compatible = "luo-v1";
              liveupdate-number = <0x1000000 0x00>;
              luo-session {
                compatible = "luo-session-v2";
                luo-session-header = <0x604523 0x1000000>;
              };
              luo-flb {
                compatible = "luo-flb-v1";
                luo-flb-header = <0x704523 0x1000000>;
              };
            };
            """);
  }

  @Test
  @RequiresFacility(value = "dtc", commands = "fdtdump")
  void fdtdump_showsTheHeaderAndTheTree() throws Exception {
    assertThat(run(WITHOUT_FLBS, "fdtdump"))
        .contains("totalsize:\t\t0xec (236)")
        .contains("off_dt_struct:\t0x40")
        .contains("off_dt_strings:\t0xbc")
        .contains("off_mem_rsvmap:\t0x30")
        .contains("version:\t\t17")
        .contains("last_comp_version:\t16")
        .contains("size_dt_strings:\t0x30")
        .contains("size_dt_struct:\t0x7c")
        .contains("luo-session-header = <0x00604523 0x01000000>;");
  }

  @Test
  @RequiresFacility(value = "dtc", commands = "dtc")
  void read_takesWhatAnotherToolHasWritten() throws Exception {
    // A tool that lays the parts out in another order, and does not share names in the same way.
    Path file = Files.write(folder.resolve("in.dtb"), WITH_FLBS.bytes());
    Path written = folder.resolve("out.dtb");
    Process process =
        new ProcessBuilder(
                "dtc", "-q", "-I", "dtb", "-O", "dtb", "-o", written.toString(), file.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();

    assertThat(LuoTree.read(page(Files.readAllBytes(written)))).isEqualTo(WITH_FLBS);
  }
}
