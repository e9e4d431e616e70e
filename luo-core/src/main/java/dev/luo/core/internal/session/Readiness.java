// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.CheckReport;
import dev.luo.core.CheckReport.FileCheck;
import dev.luo.core.CheckReport.LimitCheck;
import dev.luo.core.CheckReport.Offer;
import dev.luo.core.CheckReport.SharedCheck;
import dev.luo.core.CheckReport.Verdict;
import dev.luo.core.Importance;
import dev.luo.core.Options;
import dev.luo.core.internal.descriptor.CarriedDescriptors;
import dev.luo.core.internal.file.OutgoingFile;
import dev.luo.core.internal.flb.OutgoingFlb;
import dev.luo.core.internal.flb.OutgoingFlbs;
import dev.luo.core.internal.handover.drystart.Demands;
import dev.luo.core.internal.handover.drystart.SuccessorDescription;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileLifecycleBound;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What everything that is preserved demands of a successor: in sum for an update, one by one for a
 * check. Pauses nothing; a session that is busy is waited for.
 */
public final class Readiness {

  /** What a JVM and its program open besides what they inherit, at the very least. */
  private static final int DESCRIPTORS_OF_A_JVM = 32;

  private final Options options;
  private final OutgoingSessions sessions;
  private final OutgoingFlbs flbs;
  private final CarriedDescriptors carried;

  @Inject
  Readiness(
      Options options, OutgoingSessions sessions, OutgoingFlbs flbs, CarriedDescriptors carried) {
    this.options = options;
    this.sessions = sessions;
    this.flbs = flbs;
    this.carried = carried;
  }

  /**
   * Sums up what a successor must have. An optional file may be lost: it demands no handler, and
   * none of the state that it stands on.
   */
  Demands demands() {
    Set<Compatible> compatibles = new HashSet<>();
    Set<FileLifecycleBound<?>> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    long files = 0;
    List<PreservingSession> all = sessions.all();
    for (PreservingSession session : all) {
      for (OutgoingFile<?> file : session.files()) {
        if (file.staysBehind()) {
          continue;
        }
        if (file.importance() == Importance.MANDATORY) {
          compatibles.add(file.name().compatible());
          needed.addAll(file.standsOn());
        }
        files++;
      }
    }
    for (FileLifecycleBound<?> flb : needed) {
      compatibles.add(flb.compatible());
    }
    return new Demands(
        options.imageAbi().compatible(),
        compatibles,
        Map.of(
            "sessions",
            (long) all.size(),
            "files",
            files,
            SuccessorDescription.DESCRIPTORS,
            (long) carried.all().size() + 1 + DESCRIPTORS_OF_A_JVM));
  }

  /**
   * Holds everything against what a program said of itself.
   *
   * @param obstacles what would refuse an update to any program, for people
   */
  public CheckReport check(
      SuccessorDescription offered, List<String> obstacles, Optional<Duration> longestBlackout) {
    Demands demands = demands();
    Map<Compatible, Demands.Finding> findings = new HashMap<>();
    List<FileCheck> files = new ArrayList<>();
    long filesLeft = offered.limits().getOrDefault("files", Long.MAX_VALUE);
    long sessionsLeft = offered.limits().getOrDefault("sessions", Long.MAX_VALUE);
    for (PreservingSession session : sessions.all()) {
      boolean room = sessionsLeft-- > 0;
      for (OutgoingFile<?> file : session.files()) {
        Demands.Finding finding =
            file.isQuarantined()
                ? quarantined(file)
                : findings.computeIfAbsent(
                    file.name().compatible(), format -> Demands.finding(format, offered));
        if (finding.verdict() == Verdict.CROSSES && (!room || filesLeft-- <= 0)) {
          finding =
              new Demands.Finding(
                  Verdict.LIMIT, "more " + (room ? "files" : "sessions") + " than it takes");
        }
        files.add(
            new FileCheck(
                session.name(),
                file.token(),
                file.name().compatible(),
                file.importance(),
                finding.verdict(),
                finding.why()));
      }
    }
    return new CheckReport(
        new Offer(offered.javaVersion(), offered.program(), offered.imageAbis(), offered.accepts()),
        files,
        flbs.crossing().stream().map(flb -> check(flb, offered)).toList(),
        demands.counts().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(count ->
                new LimitCheck(
                    count.getKey(),
                    count.getValue(),
                    Optional.ofNullable(offered.limits().get(count.getKey()))))
            .toList(),
        Stream.concat(demands.missingFrom(offered).stream(), obstacles.stream()).toList(),
        longestBlackout);
  }

  private static Demands.Finding quarantined(OutgoingFile<?> file) {
    return new Demands.Finding(Verdict.QUARANTINED, String.valueOf(file.stuck().getMessage()));
  }

  private static SharedCheck check(OutgoingFlb<?> flb, SuccessorDescription offered) {
    Compatible compatible = flb.flb().compatible();
    Demands.Finding finding = Demands.finding(compatible, offered);
    return new SharedCheck(compatible, finding.verdict(), finding.why());
  }
}
