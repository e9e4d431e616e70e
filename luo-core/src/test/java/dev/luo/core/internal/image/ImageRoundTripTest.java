// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImageRoundTripTest {

  @Test
  void read_everything() throws Exception {
    TestMemory memory = new TestMemory(0x12_0000);

    long epoch = memory.format().publish(Images.ofEverything());

    Image image = ImageReader.read(memory.segment());
    assertThat(image.content()).isEqualTo(Images.ofEverything());
    assertThat(image.identity()).isEqualTo(TestMemory.IDENTITY);
    assertThat(image.epoch()).isEqualTo(epoch).isEqualTo(1);
    assertThat(image.warnings()).isEmpty();
  }
}
