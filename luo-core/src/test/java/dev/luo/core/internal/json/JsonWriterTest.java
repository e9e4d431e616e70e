// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {

  @Test
  void object_empty() {
    assertThat(JsonWriter.object(object -> {})).isEqualTo("{}");
  }

  @Test
  void object_membersInTheirOrder() {
    String text =
        JsonWriter.object(object ->
            object
                .member("text", "a")
                .member("number", Long.MIN_VALUE)
                .member("truth", true)
                .member("inner", inner -> inner.member("b", 1).member("c", false)));
    assertThat(text)
        .isEqualTo(
            "{\"text\":\"a\",\"number\":-9223372036854775808,\"truth\":true,"
                + "\"inner\":{\"b\":1,\"c\":false}}");
  }

  @Test
  void object_lists() {
    String text =
        JsonWriter.object(object ->
            object
                .texts("none", List.of())
                .texts("texts", List.of("a", "b"))
                .objects("objects", List.of(1L, 2L), (each, value) -> each.member("v", value)));
    assertThat(text)
        .isEqualTo("{\"none\":[],\"texts\":[\"a\",\"b\"],\"objects\":[{\"v\":1},{\"v\":2}]}");
  }

  @Test
  void text_isEscaped() {
    String text =
        JsonWriter.object(object -> object.member("\"\\", "line\nbell\u0007 é 😀 \ud800 \udc00"));
    assertThat(text).isEqualTo("{\"\\\"\\\\\":\"line\\nbell\\u0007 é 😀 \\ud800 \\udc00\"}");
  }
}
