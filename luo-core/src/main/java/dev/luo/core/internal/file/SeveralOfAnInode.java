// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.internal.file.IdentityMap.Entry;
import dev.luo.core.internal.file.IdentityMap.Holder;
import dev.luo.core.internal.file.OpenFiles.FileOrder;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.IdentityScope;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Things that share an inode. Guarded by {@link IdentityMap}. */
final class SeveralOfAnInode implements SameInode {

  private static final Logger LOG = System.getLogger("dev.luo.core");

  /** Those for which the inode decides: a few at most, as only what was retrieved may collide. */
  private final Set<Entry> whole = new LinkedHashSet<>(2);

  /** The others. */
  private OpenFiles files;

  private SeveralOfAnInode(OpenFiles files) {
    this.files = files;
  }

  static SeveralOfAnInode of(Entry first, Entry second, FileOrder order) throws LinuxException {
    SeveralOfAnInode several =
        new SeveralOfAnInode(
            order.isKnown(first.fd())
                ? new OpenFiles.Sorted(order)
                : new OpenFiles.Listed(Stream.empty()));
    several.add(first);
    several.add(second);
    return several;
  }

  void add(Entry entry) throws LinuxException {
    if (entry.scope() == IdentityScope.INODE) {
      whole.add(entry);
    } else {
      files.add(entry);
    }
  }

  @Override
  public Optional<Entry> find(Fd fd, IdentityScope scope, Predicate<Holder> wanted)
      throws LinuxException {
    Optional<Entry> found = first(whole.stream(), wanted);
    if (found.isPresent()) {
      return found;
    }
    return first(scope == IdentityScope.INODE ? files.all() : files.same(fd).stream(), wanted);
  }

  private static Optional<Entry> first(Stream<Entry> entries, Predicate<Holder> wanted) {
    return entries.filter(entry -> wanted.test(entry.holder())).findFirst();
  }

  /** Answers whether it was there. */
  boolean remove(Entry entry) {
    if (whole.remove(entry)) {
      return true;
    }
    try {
      return files.remove(entry);
    } catch (LinuxException e) {
      LOG.log(Level.WARNING, "the kernel does not tell the order of open files any more", e);
      OpenFiles.Listed listed = new OpenFiles.Listed(files.all());
      files = listed;
      return listed.remove(entry);
    }
  }

  boolean isEmpty() {
    return whole.isEmpty() && files.isEmpty();
  }
}
