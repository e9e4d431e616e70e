// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Successor;
import dev.luo.core.UpdateReport;
import dev.luo.examples.memorycache.server.CacheServer;
import dev.luo.examples.memorycache.table.InvalidTableException;
import dev.luo.examples.memorycache.table.ItemTable;
import dev.luo.linux.Fd;
import dev.luo.linux.FileStatus;
import dev.luo.linux.LinuxException;
import dev.luo.spi.LuoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can ask for. Every answer is one JSON object; where something went wrong, it has
 * a field {@code error}.
 *
 * <ul>
 *   <li>{@code update} replaces the program by the same command, {@code update --command}
 *       <i>words</i> by another. It answers only if the update was refused; then everything is as
 *       it was.
 *   <li>{@code report} tells what the last update carried over, and how long each part of it took,
 *       and of how many bytes the memory of the items is and has got from the kernel.
 *   <li>{@code verify} walks through the whole table and says whether it is sound.
 *   <li>{@code quit} ends the program, and with it the items.
 * </ul>
 */
final class Commands {
  private static final String UPDATE = "update";
  private static final String GUARDED = "--guarded";
  private static final String COMMAND = "--command";
  private static final Duration GUARDED_FOR = Duration.ofSeconds(30);

  private final LiveUpdate luo;
  private final CacheServer server;
  private final Fd items;
  private final Runnable quit;

  /**
   * Commands to a running cache.
   *
   * @param items the memory of its items, to tell how much of it there is
   */
  Commands(LiveUpdate luo, CacheServer server, Fd items, Runnable quit) {
    this.luo = luo;
    this.server = server;
    this.items = items;
    this.quit = quit;
  }

  /** Does what the line says. */
  String execute(String line) {
    try {
      return JSON.std.asString(answer(line.strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> answer(String line) {
    try {
      return switch (line) {
        case "report" -> report();
        case "verify" -> verify();
        case "quit" -> {
          quit.run();
          yield Map.of("ends", true);
        }
        case String other when other.startsWith(UPDATE) ->
            update(successor(other.substring(UPDATE.length())));
        default -> error("unknown command: " + line);
      };
    } catch (LuoException e) {
      Map<String, Object> refused = error(e.getMessage());
      refused.put("errno", e.errno().toString());
      refused.put("recovery", e.recovery().toString());
      return refused;
    } catch (LinuxException e) {
      return error(e.getMessage());
    } catch (ExecutionException e) {
      return error(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error("interrupted");
    } catch (RuntimeException e) {
      return error(e.toString());
    }
  }

  /** Understands what follows the word update. */
  private static Successor successor(String options) {
    List<String> words = List.of(options.strip().split("\\s+", -1));
    int next = words.getFirst().isEmpty() ? words.size() : 0;
    boolean guarded = next < words.size() && words.get(next).equals(GUARDED);
    next += guarded ? 1 : 0;
    Successor successor = Successor.sameCommand();
    if (next < words.size()) {
      if (!words.get(next).equals(COMMAND)) {
        throw new IllegalArgumentException("unknown option of update: " + words.get(next));
      }
      successor = Successor.ofCommand(words.subList(next + 1, words.size()));
    }
    return guarded ? successor.guardian(GUARDED_FOR) : successor;
  }

  private Map<String, Object> update(Successor successor) throws LuoException {
    luo.update(successor);
    throw new IllegalStateException("an update returned without a reason");
  }

  private Map<String, Object> verify() throws InterruptedException, ExecutionException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("broken", server.ask(Commands::firstThingBroken).get());
    answer.put("items", server.ask(ItemTable::itemCount).get());
    return answer;
  }

  private static String firstThingBroken(ItemTable table) {
    try {
      table.verify();
      return "";
    } catch (InvalidTableException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Map<String, Object> report() throws LinuxException {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("pid", ProcessHandle.current().pid());
    FileStatus memory = FileStatus.of(items);
    answer.put("bytes", memory.byteSize());
    answer.put("allocatedBytes", memory.allocatedBytes());
    luo.report().ifPresent(report -> describe(report, answer));
    return answer;
  }

  private static void describe(UpdateReport report, Map<String, Object> answer) {
    answer.put("via", report.via().toString());
    answer.put("generation", report.generation());
    report.blackout().ifPresent(blackout -> answer.put("blackoutMicros", micros(blackout)));
    long begin = report.phases().isEmpty() ? 0 : report.phases().getFirst().startNanos();
    answer.put("phases", report.phases().stream().map(phase -> describe(phase, begin)).toList());
    answer.put("files", report.files().stream().map(Commands::describe).toList());
    answer.put("remarks", report.remarks().stream().map(UpdateReport.Remark::toString).toList());
  }

  private static Map<String, Object> describe(UpdateReport.Phase phase, long beginNanos) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", phase.name());
    description.put("startMicros", micros(Duration.ofNanos(phase.startNanos() - beginNanos)));
    description.put("micros", micros(Duration.ofNanos(phase.durationNanos())));
    return description;
  }

  private static Map<String, Object> describe(UpdateReport.FileOutcome file) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("session", file.session());
    description.put("token", file.token().toString());
    description.put("compatible", file.compatible().toString());
    description.put("fate", file.fate().toString());
    description.put("note", file.note());
    return description;
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  private static Map<String, Object> error(@Nullable String message) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("error", String.valueOf(message));
    return error;
  }
}
