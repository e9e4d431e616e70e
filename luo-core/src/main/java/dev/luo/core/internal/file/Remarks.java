// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.UpdateReport.Remark;
import dev.luo.core.internal.callback.FileName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** What handlers had to say of files in one direction, for the report. Thread-safe. */
@Singleton
public final class Remarks {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final List<Remark> remarks = new ArrayList<>();

  /** Begins with none. */
  @Inject
  public Remarks() {}

  /** Adds one. */
  public synchronized void add(FileName file, String text) {
    LOG.log(Level.INFO, "{0}: {1}", file, text);
    remarks.add(new Remark(file.session(), file.token(), file.compatible(), text));
  }

  /** Drops what was said of a file that will not cross. */
  synchronized void forget(FileName file) {
    remarks.removeIf(
        remark -> remark.session().equals(file.session()) && remark.token().equals(file.token()));
  }

  /** Lists all, oldest first. */
  public synchronized List<Remark> all() {
    return List.copyOf(remarks);
  }
}
