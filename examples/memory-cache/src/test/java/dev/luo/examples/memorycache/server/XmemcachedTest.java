// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.rubyeye.xmemcached.GetsResponse;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that other Java programs use. */
@Timeout(120)
class XmemcachedTest {
  private static final long MINUTE = 60_000;

  private final RunningServer running;
  private final MemcachedClient client;

  XmemcachedTest() throws IOException {
    running = new RunningServer(ServerOptions.DEFAULT);
    client = new XMemcachedClient(running.server.address());
    client.setOpTimeout(MINUTE);
  }

  @AfterEach
  void stop() throws Exception {
    client.shutdown();
    running.close();
    running.table.verify();
  }

  @Test
  void objects_areStoredAndFound() throws Exception {
    Map<String, List<Integer>> object = new TreeMap<>(Map.of("numbers", List.of(1, 2, 3)));
    assertThat(client.set("object", 0, object)).isTrue();
    assertThat(client.<Object>get("object")).isEqualTo(object);
    assertThat(client.add("object", 0, "other")).isFalse();
    assertThat(client.replace("object", 0, "other")).isTrue();
    assertThat(client.append("object", "wise")).isTrue();
    assertThat(client.<String>get("object")).isEqualTo("otherwise");
    assertThat(client.delete("object")).isTrue();
    assertThat(client.<Object>get("object")).isNull();
  }

  @Test
  void manyKeys_areFoundTogether() throws Exception {
    List<String> keys = IntStream.range(0, 500).mapToObj(i -> "key-" + i).toList();
    for (String key : keys) {
      client.setWithNoReply(key, 0, key.repeat(100));
    }
    Map<String, String> expected =
        keys.stream().collect(Collectors.toMap(key -> key, key -> key.repeat(100)));
    // Answered in its turn on the one connection, so behind everything sent before.
    assertThat(client.set("last", 0, "")).isTrue();
    assertThat(client.<String>get(keys)).isEqualTo(expected);
  }

  @Test
  void cas_detectsAnotherWriter() throws Exception {
    client.set("k", 0, "a");
    GetsResponse<String> seen = client.gets("k");
    assertThat(client.cas("k", 0, "b", seen.getCas())).isTrue();
    assertThat(client.cas("k", 0, "c", seen.getCas())).isFalse();
    assertThat(client.<String>get("k")).isEqualTo("b");
  }

  @Test
  void counters_countBothWays() throws Exception {
    assertThat(client.incr("n", 5, 100)).isEqualTo(100);
    assertThat(client.incr("n", 5)).isEqualTo(105);
    assertThat(client.decr("n", 6)).isEqualTo(99);
  }

  @Test
  void touchFlushStatisticsAndVersion() throws Exception {
    client.set("k", 0, "a");
    assertThat(client.touch("k", 100)).isTrue();
    assertThat(client.getVersions().values()).containsExactly("1.6.0-luo");
    assertThat(client.getStats().values().iterator().next()).containsEntry("curr_items", "1");
    client.flushAll();
    assertThat(client.<Object>get("k")).isNull();
  }
}
