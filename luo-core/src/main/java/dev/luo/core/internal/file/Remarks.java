// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.UpdateReport.Remark;
import dev.luo.core.internal.callback.FileName;
import dev.luo.spi.Token;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What handlers had to say of files in one direction, for the report and for the log. Thread-safe.
 *
 * <p>Between the boundary and the first instruction of the workload nothing is logged, as that
 * would bring the logging of the JDK up: it is made up for afterwards.
 */
@Singleton
public final class Remarks {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  /** Which file, whatever format its handler writes. */
  private record OfFile(String session, Token token) {
    private OfFile(FileName file) {
      this(file.session(), file.token());
    }
  }

  private final Map<OfFile, List<Remark>> remarks = new LinkedHashMap<>();

  /** Guarded by this. */
  private boolean quiet;

  /** Begins with none; each is logged as it is made. */
  @Inject
  Remarks() {
    this(false);
  }

  private Remarks(boolean quiet) {
    this.quiet = quiet;
  }

  /** Begins with none, and logs none before {@link #speak}. */
  public static Remarks quiet() {
    return new Remarks(true);
  }

  /** Adds one. */
  public synchronized void add(FileName file, String text) {
    Remark remark = new Remark(file.session(), file.token(), file.compatible(), text);
    remarks.computeIfAbsent(new OfFile(file), _ -> new ArrayList<>(1)).add(remark);
    if (!quiet) {
      log(remark);
    }
  }

  /** Logs what was made so far, and each from now on as it is made. */
  public synchronized void speak() {
    if (quiet) {
      quiet = false;
      all().forEach(Remarks::log);
    }
  }

  private static void log(Remark remark) {
    FileName file = new FileName(remark.session(), remark.token(), remark.compatible());
    LOG.log(Level.INFO, "{0}: {1}", file, remark.text());
  }

  /** Drops what was said of a file that will not cross. */
  synchronized void forget(FileName file) {
    remarks.remove(new OfFile(file));
  }

  /** Lists all, file by file; those of a file, and the files by their first, oldest first. */
  public synchronized List<Remark> all() {
    List<Remark> all = new ArrayList<>();
    remarks.values().forEach(all::addAll);
    return List.copyOf(all);
  }
}
