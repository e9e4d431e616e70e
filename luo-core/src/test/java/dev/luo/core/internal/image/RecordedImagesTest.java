// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.core.ImageAbi;
import dev.luo.core.inspect.ImageInspection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Images as each version wrote them are read by every later one. {@code
 * -Dluo.images.record=VERSION} records those of this version.
 */
class RecordedImagesTest {

  private static final Path FOLDER = Path.of("src/test/resources/images");
  private static final String SUFFIX = ".img.gz";
  private static final long MEMORY_SIZE = 0x8_0000;

  private static Map<String, ImageContent> contents() {
    return Map.of(
        "everything", Images.ofEverything(),
        "empty", Images.empty(),
        "sessions", Images.ofSessions(Images.sessions(120)),
        "files", Images.ofSessions(List.of(new SessionEntry("s", Images.files(128)))));
  }

  static List<Path> recorded() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private static Path expected(Path sample) {
    String name = sample.getFileName().toString();
    return sample.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".json");
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void read_takesWhatEveryVersionWrote(Path sample) throws Exception {
    byte[] bytes;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(sample))) {
      bytes = in.readAllBytes();
    }
    MemorySegment memory =
        Arena.ofAuto()
            .allocate(bytes.length, KernelLayout.PAGE_SIZE)
            .copyFrom(MemorySegment.ofArray(bytes));

    Image image = ImageReader.read(memory);

    String name = sample.getFileName().toString();
    assertThat(image.content()).isEqualTo(contents().get(name.substring(0, name.indexOf('-'))));
    assertThat(ImageInspection.of(memory).toJson() + "\n")
        .isEqualTo(Files.readString(expected(sample)));
  }

  @Test
  @EnabledIfSystemProperty(named = "luo.images.record", matches = ".+")
  void recordThisVersion() throws Exception {
    Path folder = Files.createDirectories(FOLDER.resolve(System.getProperty("luo.images.record")));
    for (Map.Entry<String, ImageContent> content : contents().entrySet()) {
      for (ImageAbi abi : ImageAbi.values()) {
        TestMemory memory = new TestMemory(MEMORY_SIZE);
        memory.format(abi).publish(content.getValue());
        Path sample = folder.resolve(content.getKey() + "-" + abi + SUFFIX);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(sample))) {
          out.write(memory.segment().toArray(ValueLayout.JAVA_BYTE));
        }
        Files.writeString(expected(sample), ImageInspection.of(memory.segment()).toJson() + "\n");
      }
    }
  }
}
