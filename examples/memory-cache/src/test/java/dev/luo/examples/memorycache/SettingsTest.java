// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void parse_nothing() {
    Settings settings = Settings.parse();
    assertThat(settings.address().getPort()).isEqualTo(11211);
    assertThat(settings.address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(settings.byteSize()).isEqualTo(64 << 20);
    assertThat(settings.controlPath()).isEmpty();
    assertThat(settings.clients().connections()).isEqualTo(1024);
    assertThat(settings.clients().idle()).isZero();
    assertThat(settings.untilStdinEnds()).isFalse();
  }

  @Test
  void parse_everything() {
    Settings settings =
        Settings.parse(
            "--listen=[::1]:0",
            "--size=8g",
            "--control=/run/cache=1",
            "--connections=7",
            "--idle=300",
            "--until-stdin-ends");
    assertThat(settings.address().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
    assertThat(settings.byteSize()).isEqualTo(8L << 30);
    assertThat(settings.controlPath()).contains(Path.of("/run/cache=1"));
    assertThat(settings.clients().connections()).isEqualTo(7);
    assertThat(settings.clients().idle()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.untilStdinEnds()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--unknown",
        "listen",
        "--listen=11211",
        "--listen=127.0.0.1:x",
        "--listen=127.0.0.1:65536",
        "--size=",
        "--size=1x",
        "--size=9999999999g",
        "--connections=0",
        "--idle=-1",
        "--help"
      })
  void parse_mistake(String argument) {
    assertThatIllegalArgumentException().isThrownBy(() -> Settings.parse(argument));
  }

  @ParameterizedTest
  @CsvSource({"4096,4096", "64k,65536", "1M,1048576", "2g,2147483648"})
  void size_withAndWithoutUnit(String text, long expected) {
    assertThat(ByteSize.parse(text)).isEqualTo(expected);
  }
}
