// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import dev.luo.spi.Compatible;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The form in which a program answers a dry start: lines of text, each a key and a value.
 *
 * <pre>
 * luo-successor 0123456789abcdef    the nonce of the question
 * process 4711
 * protocol 1
 * java 25.0.3+9
 * image luo-v5                      any number of these
 * accepts memfd-user-v1             any number of these
 * limit sessions 65536              any number of these
 * program 2.1                       if the program says so
 * end
 * </pre>
 *
 * <p>A program that cannot open luo answers {@code failure <why>} in the place of what it would
 * offer. Keys that are not known are skipped, so that a newer program can say more.
 */
final class DescriptionFormat {
  /** An answer with more bytes than this is none. */
  static final int MAX_BYTES = 1 << 20;

  private static final String MAGIC = "luo-successor ";
  private static final String END = "end\n";

  private DescriptionFormat() {}

  /** What came back, once it is known to be an answer to this question. */
  sealed interface Answer {
    /** The process that answered. */
    long pid();

    /** The program could take over, as far as it goes. */
    record Described(long pid, SuccessorDescription description) implements Answer {}

    /** The program came to luo and no further. */
    record Failed(long pid, String why) implements Answer {}
  }

  /** The bytes are no answer to this question. */
  static final class GarbledException extends Exception {
    @Serial private static final long serialVersionUID = 1;

    private final String why;

    GarbledException(String why) {
      super(why);
      this.why = why;
    }

    String why() {
      return why;
    }
  }

  static byte[] write(long nonce, Answer answer) {
    StringBuilder text = new StringBuilder(MAGIC).append(hex(nonce)).append('\n');
    line(text, "process", Long.toString(answer.pid()));
    switch (answer) {
      case Answer.Failed failed -> line(text, "failure", failed.why());
      case Answer.Described described -> write(text, described.description());
    }
    return text.append(END).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(StringBuilder text, SuccessorDescription description) {
    line(text, "protocol", Integer.toString(description.protocol()));
    line(text, "java", description.javaVersion());
    for (String abi : new TreeSet<>(description.imageAbis())) {
      line(text, "image", abi);
    }
    for (Compatible compatible : new TreeSet<>(description.accepts())) {
      line(text, "accepts", compatible.value());
    }
    description.limits().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .forEach(limit -> line(text, "limit", limit.getKey() + " " + limit.getValue()));
    description.program().ifPresent(version -> line(text, "program", version));
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(' ').append(value.replace('\n', ' ')).append('\n');
  }

  private static String hex(long nonce) {
    return String.format("%016x", nonce);
  }

  /** Whether the bytes so far end as an answer does, so that no more are to be waited for. */
  static boolean isComplete(byte[] bytes, int length) {
    int start = length - END.length();
    if (start < 1 || bytes[start - 1] != '\n') {
      return false;
    }
    for (int i = 0; i < END.length(); i++) {
      if (bytes[start + i] != END.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static Answer read(long nonce, byte[] bytes) throws GarbledException {
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith(MAGIC)) {
      throw new GarbledException("it does not begin as an answer does");
    }
    if (!lines.getFirst().equals(MAGIC + hex(nonce))) {
      throw new GarbledException("it answers another question");
    }
    if (!lines.getLast().equals("end")) {
      throw new GarbledException("it breaks off");
    }
    return new Reading(lines.subList(1, lines.size() - 1)).answer();
  }

  /** One pass over the lines between the first and the last. */
  private static final class Reading {
    private final Map<String, String> single = new LinkedHashMap<>();
    private final Set<String> images = new LinkedHashSet<>();
    private final Set<Compatible> accepts = new LinkedHashSet<>();
    private final Map<String, Long> limits = new LinkedHashMap<>();

    Reading(List<String> lines) throws GarbledException {
      for (String line : lines) {
        int blank = line.indexOf(' ');
        if (blank <= 0) {
          throw new GarbledException("a line has no key: \"" + line + '"');
        }
        take(line.substring(0, blank), line.substring(blank + 1));
      }
    }

    private void take(String key, String value) throws GarbledException {
      switch (key) {
        case "image" -> images.add(value);
        case "accepts" -> accepts.add(compatible(value));
        case "limit" -> {
          int blank = value.indexOf(' ');
          limits.put(
              value.substring(0, Math.max(0, blank)), number("limit", value.substring(blank + 1)));
        }
        default -> {
          if (single.put(key, value) != null) {
            throw new GarbledException("it says twice what its " + key + " is");
          }
        }
      }
    }

    Answer answer() throws GarbledException {
      long pid = number("process", need("process"));
      String failure = single.get("failure");
      if (failure != null) {
        return new Answer.Failed(pid, failure);
      }
      long protocol = number("protocol", need("protocol"));
      return new Answer.Described(
          pid,
          new SuccessorDescription(
              (int) Math.min(Integer.MAX_VALUE, protocol),
              need("java"),
              images,
              accepts,
              limits,
              Optional.ofNullable(single.get("program"))));
    }

    private String need(String key) throws GarbledException {
      String value = single.get(key);
      if (value == null) {
        throw new GarbledException("it does not say what its " + key + " is");
      }
      return value;
    }

    private static long number(String key, String value) throws GarbledException {
      try {
        return Long.parseUnsignedLong(value) & Long.MAX_VALUE;
      } catch (NumberFormatException notANumber) {
        throw new GarbledException("its " + key + " is no number: \"" + value + '"');
      }
    }

    private static Compatible compatible(String value) throws GarbledException {
      try {
        return Compatible.of(value);
      } catch (IllegalArgumentException invalid) {
        throw new GarbledException("\"" + value + "\" is no compatible string");
      }
    }
  }
}
