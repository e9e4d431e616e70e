// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.examples.memorycache.protocol.Conversation.State;
import dev.luo.examples.memorycache.table.InvalidTableException;
import dev.luo.examples.memorycache.table.ItemTable;
import dev.luo.examples.memorycache.table.ManualClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is answered to what, and that it does not depend on how the bytes come. */
class ConversationTest {
  private static final String ALL = "dev.luo.examples.memorycache.protocol.Dialogues#all";
  private static final int ITEM_LIMIT = 2000;

  private final ManualClock clock = new ManualClock();
  private final MemorySegment memory = Arena.ofAuto().allocate(64 << 10, 8);
  private ItemTable table = newTable();

  private ItemTable newTable() {
    memory.fill((byte) 0);
    return ItemTable.create(memory, ITEM_LIMIT, clock);
  }

  private Conversation begin(State state) {
    return new Conversation(table, clock, () -> Map.of("pid", "1"), state);
  }

  private static String take(Conversation conversation) {
    String answers = new String(conversation.output().toByteArray(), StandardCharsets.ISO_8859_1);
    conversation.output().consume(conversation.output().size());
    return answers;
  }

  private static String say(Conversation conversation, String bytes) {
    conversation.input().append(bytes);
    conversation.proceed();
    return take(conversation);
  }

  /** The whole conversation in one piece. */
  private String answersTo(String bytes) {
    table = newTable();
    return say(begin(State.NEW), bytes);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void answers(Dialogue dialogue) throws InvalidTableException {
    assertThat(answersTo(dialogue.requests())).isEqualTo(dialogue.answers());
    table.verify();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void answers_splitAnywhere(Dialogue dialogue) {
    String requests = dialogue.requests();
    for (int at = 1; at < requests.length(); at++) {
      table = newTable();
      Conversation conversation = begin(State.NEW);
      String answers = say(conversation, requests.substring(0, at));
      answers += say(conversation, requests.substring(at));
      assertThat(answers).as("split at %d", at).isEqualTo(dialogue.answers());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void answers_byteByByte(Dialogue dialogue) {
    table = newTable();
    Conversation conversation = begin(State.NEW);
    StringBuilder answers = new StringBuilder();
    for (char octet : dialogue.requests().toCharArray()) {
      answers.append(say(conversation, String.valueOf(octet)));
    }
    assertThat(answers).hasToString(dialogue.answers());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void answers_continuedElsewhereAnywhere(Dialogue dialogue) {
    String requests = dialogue.requests();
    for (int at = 0; at <= requests.length(); at++) {
      table = newTable();
      Conversation predecessor = begin(State.NEW);
      predecessor.input().append(requests.substring(0, at));
      predecessor.proceed();
      Conversation successor = begin(predecessor.state());
      assertThat(say(successor, requests.substring(at)))
          .as("moved at %d", at)
          .isEqualTo(dialogue.answers());
    }
  }

  @Test
  void quit_endsWithoutAnAnswer() {
    Conversation conversation = begin(State.NEW);
    assertThat(say(conversation, "quit\r\nversion\r\n")).isEmpty();
    assertThat(conversation.isOver()).isTrue();
    assertThat(conversation.wantsInput()).isFalse();
  }

  @Test
  void lineTooLong_endsTheConversation() {
    for (String line :
        new String[] {
          "x".repeat(2049),
          "x".repeat(3000) + "\r\nversion\r\n",
          "set " + "k".repeat(2100),
          "get " + "k ".repeat(200_000)
        }) {
      Conversation conversation = begin(State.NEW);
      assertThat(say(conversation, line)).isEqualTo("CLIENT_ERROR line too long\r\n");
      assertThat(conversation.isOver()).isTrue();
    }
  }

  @Test
  void lineOfManyKeys_isServed() {
    assertThat(answersTo("set a 0 0 1\r\n1\r\nget " + "a b ".repeat(5000) + "\r\n"))
        .isEqualTo("STORED\r\n" + "VALUE a 0 1\r\n1\r\n".repeat(5000) + "END\r\n");
  }

  @Test
  void clientThatDoesNotRead_isNotServedBeyondTheLimit() {
    Conversation conversation = begin(State.NEW);
    String value = "v".repeat(ITEM_LIMIT);
    say(conversation, "set a 7 0 " + ITEM_LIMIT + "\r\n" + value + "\r\n");

    int keys = 1000;
    conversation.input().append("gats 100" + " a".repeat(keys) + "\r\nversion\r\n");
    String answer = "VALUE a 7 " + ITEM_LIMIT + " 1\r\n" + value + "\r\n";
    StringBuilder answers = new StringBuilder();
    int moves = 0;
    while (true) {
      conversation.proceed();
      assertThat(conversation.output().size())
          .isLessThan(Conversation.OUTPUT_LIMIT + answer.length());
      if (conversation.wantsInput()) {
        break;
      }
      answers.append(take(conversation));
      // What is left of the answer can be given by somebody else.
      conversation = begin(conversation.state());
      moves++;
    }
    answers.append(take(conversation));
    assertThat(moves).isEqualTo(keys * answer.length() / Conversation.OUTPUT_LIMIT);
    assertThat(answers)
        .hasToString(answer.repeat(keys) + "END\r\nVERSION " + Conversation.VERSION + "\r\n");
    assertThat(conversation.isAtRest()).isTrue();
  }

  @Test
  void stats_tellOfServerAndTable() {
    String answers = answersTo("set a 0 0 1\r\n1\r\nget a b\r\nstats\r\n");
    assertThat(answers)
        .contains("STAT pid 1\r\n", "STAT cmd_set 1\r\n", "STAT get_hits 1\r\n")
        .contains("STAT get_misses 1\r\n", "STAT curr_items 1\r\n", "STAT generation 0\r\n")
        .endsWith("END\r\n");
    assertThat(answersTo("stats items\r\nstats nothing\r\n")).isEqualTo("END\r\nERROR\r\n");
    assertThat(answersTo("stats settings\r\n")).contains("STAT item_size_max " + ITEM_LIMIT);
  }

  @Test
  void flushAll_withDelay() {
    Conversation conversation = begin(State.NEW);
    say(conversation, "set a 0 0 1\r\n1\r\nflush_all 10\r\n");
    assertThat(say(conversation, "get a\r\n")).startsWith("VALUE a");
    clock.advance(Duration.ofSeconds(10));
    assertThat(say(conversation, "get a\r\n")).isEqualTo("END\r\n");
  }

  @Test
  void exptime_upTo30DaysCountsFromNow_beyondIsASecondOfTheClock() {
    Conversation conversation = begin(State.NEW);
    long month = 60L * 60 * 24 * 30;
    long absolute = clock.second() + month + 100;
    say(conversation, "set rel 0 " + month + " 1\r\n1\r\n");
    say(conversation, "set abs 0 " + absolute + " 1\r\n1\r\n");
    say(conversation, "set old 0 " + (month + 1) + " 1\r\n1\r\n");
    assertThat(say(conversation, "get old\r\n")).isEqualTo("END\r\n");
    clock.advance(Duration.ofSeconds(month - 1));
    assertThat(say(conversation, "get rel\r\n")).startsWith("VALUE");
    clock.advance(Duration.ofSeconds(1));
    assertThat(say(conversation, "get rel\r\n")).isEqualTo("END\r\n");
    assertThat(say(conversation, "get abs\r\n")).startsWith("VALUE");
    clock.advance(Duration.ofSeconds(100));
    assertThat(say(conversation, "get abs\r\n")).isEqualTo("END\r\n");
  }

  @Test
  void noise_neverHarmsTheTable() throws InvalidTableException {
    long seed = Long.getLong("luo.seed", System.nanoTime());
    System.out.println("ConversationTest: repeat with -Dluo.seed=" + seed);
    Random random = new Random(seed);
    String[] words = {
      "set",
      "get",
      "gets",
      "gat",
      "cas",
      "add",
      "append",
      "incr",
      "delete",
      "touch",
      "flush_all",
      "a",
      "b",
      "0",
      "1",
      "5",
      "-1",
      "2001",
      "noreply",
      " ",
      " ",
      " ",
      "\r\n",
      "\r\n",
      "\n",
      "\0",
      "4294967296",
      "99999999999999999999",
      "\u00ff",
      "x".repeat(251)
    };
    Conversation conversation = begin(State.NEW);
    for (int i = 0; i < 50_000; i++) {
      say(conversation, words[random.nextInt(words.length)]);
      if (conversation.isOver()) {
        conversation = begin(State.NEW);
      }
    }
    table.verify();
  }
}
