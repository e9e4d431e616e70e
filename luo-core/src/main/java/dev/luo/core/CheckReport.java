// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.core.internal.json.JsonWriter;
import dev.luo.spi.Compatible;
import dev.luo.spi.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What would become of everything that is preserved now, if a program took over: the answer of
 * {@link LiveUpdate#check}. Immutable.
 *
 * @param successor what the program said of itself
 * @param files every preserved file, session by session, oldest first
 * @param shared state that files share
 * @param limits of what can be counted
 * @param missing what an update would be refused for, for people; empty if it would not. Besides
 *     what the program lacks that is what stands in the way here: a session that came and is not
 *     finished, a mandatory file that is quarantined
 * @param longestBlackout of the updates known to this process, which is all that is known of the
 *     next; empty if there was none. Nothing is estimated
 */
public record CheckReport(
    Offer successor,
    List<FileCheck> files,
    List<SharedCheck> shared,
    List<LimitCheck> limits,
    List<String> missing,
    Optional<Duration> longestBlackout) {

  /** Copies the lists. */
  public CheckReport {
    files = List.copyOf(files);
    shared = List.copyOf(shared);
    limits = List.copyOf(limits);
    missing = List.copyOf(missing);
  }

  /**
   * What a program said of itself.
   *
   * @param javaVersion the JVM that runs it
   * @param program its own version; empty if it gave none with {@link Options#programVersion}
   * @param imageAbis the forms of image that it reads
   * @param accepts the formats that its handlers and shared state understand
   */
  public record Offer(
      String javaVersion,
      Optional<String> program,
      Set<String> imageAbis,
      Set<Compatible> accepts) {

    /** Copies the sets. */
    public Offer {
      imageAbis = Set.copyOf(imageAbis);
      accepts = Set.copyOf(accepts);
    }
  }

  /** Whether a thing would cross. May gain constants. */
  public enum Verdict {
    /** It would. */
    CROSSES,
    /** The program has no handler of that kind. */
    NO_HANDLER,
    /** The program has a handler of that kind, for other versions of the format only. */
    UNREADABLE_FORMAT,
    /** It is more than the program takes. */
    LIMIT,
    /** Its handler is {@linkplain HandlerStuckException stuck}, and nobody may touch it. */
    QUARANTINED
  }

  /**
   * What would become of one file.
   *
   * @param why for people; empty if it would cross
   */
  public record FileCheck(
      String session,
      Token token,
      Compatible compatible,
      Importance importance,
      Verdict verdict,
      String why) {}

  /** What would become of state that files share; it is lost with the optional files on it. */
  public record SharedCheck(Compatible compatible, Verdict verdict, String why) {}

  /**
   * Something of which the program takes only so many.
   *
   * @param name such as {@code files} or {@code descriptors}
   * @param needed how many there are now; of descriptors, at least
   * @param offered how many it takes; empty if it named no limit
   */
  public record LimitCheck(String name, long needed, Optional<Long> offered) {

    /** Answers whether there is room. */
    public boolean fits() {
      return offered.map(limit -> needed <= limit).orElse(true);
    }
  }

  /**
   * Answers whether an update would pause the workload: everything mandatory crosses, within all
   * limits, and nothing that came would be lost. That it lacks nothing is no promise. What {@link
   * Participant#preserve participants preserve} at the beginning of an update is not counted,
   * unless they did so before; and any handler can refuse to freeze.
   */
  public boolean isFit() {
    return missing.isEmpty();
  }

  /** Lists the optional files that the update would lose. */
  public List<FileCheck> lost() {
    return files.stream()
        .filter(file -> file.importance() == Importance.OPTIONAL)
        .filter(file -> file.verdict() != Verdict.CROSSES)
        .toList();
  }

  /** Returns everything as one JSON object; tokens are text in hexadecimal. */
  public String toJson() {
    return JsonWriter.object(json -> {
      json.member("fit", isFit())
          .texts("missing", missing)
          .member("successor", this::successor)
          .objects("files", files, CheckReport::file)
          .objects("shared", shared, CheckReport::shared)
          .objects("limits", limits, CheckReport::limit);
      longestBlackout.ifPresent(time -> json.member("longestBlackoutNanos", time.toNanos()));
    });
  }

  private void successor(JsonWriter json) {
    json.member("java", successor.javaVersion());
    successor.program().ifPresent(version -> json.member("program", version));
    json.texts("imageAbis", successor.imageAbis().stream().sorted().toList())
        .texts("accepts", successor.accepts().stream().sorted().map(Compatible::value).toList());
  }

  private static void file(JsonWriter json, FileCheck file) {
    json.member("session", file.session)
        .member("token", file.token.toString())
        .member("compatible", file.compatible.value())
        .member("importance", file.importance.name())
        .member("verdict", file.verdict.name())
        .member("why", file.why);
  }

  private static void shared(JsonWriter json, SharedCheck shared) {
    json.member("compatible", shared.compatible.value())
        .member("verdict", shared.verdict.name())
        .member("why", shared.why);
  }

  private static void limit(JsonWriter json, LimitCheck limit) {
    json.member("name", limit.name).member("needed", limit.needed);
    limit.offered.ifPresent(offered -> json.member("offered", offered));
    json.member("fits", limit.fits());
  }

  /** Says it to people: the verdict, and a line for everything that would not cross. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(isFit() ? "can take over" : "an update would be refused for ");
    text.append(String.join("; for ", missing));
    text.append("; %d files, %d of them optional and lost".formatted(files.size(), lost().size()));
    for (FileCheck file : files) {
      if (file.verdict != Verdict.CROSSES) {
        text.append(
            "\n  %s of \"%s\", %s, %s: %s"
                .formatted(file.token, file.session, file.compatible, file.importance, file.why));
      }
    }
    for (SharedCheck state : shared) {
      if (state.verdict != Verdict.CROSSES) {
        text.append("\n  shared state %s: %s".formatted(state.compatible, state.why));
      }
    }
    return text.toString();
  }
}
