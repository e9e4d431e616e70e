// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.AlreadyPreservedException;
import dev.luo.core.internal.callback.FileName;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.LinuxException;
import dev.luo.spi.IdentityScope;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which things are in luo's hands, over all sessions and handlers (LUO-FIL-13): outgoing files, and
 * incoming ones that were retrieved. Buckets by device and inode; inside one, the open file
 * description decides unless the handler says that the inode does. Thread-safe.
 */
@Singleton
public final class IdentityMap {

  /** A thing in luo's hands. Compared by identity. */
  public static final class Entry {
    private final FileIdentity bucket;
    private final Fd fd;
    private final IdentityScope scope;
    private final Holder holder;

    private Entry(FileIdentity bucket, Fd fd, IdentityScope scope, Holder holder) {
      this.bucket = bucket;
      this.fd = fd;
      this.scope = scope;
      this.holder = holder;
    }

    /** Answers for a descriptor of the same inode. */
    private boolean isSame(Fd other) throws LinuxException {
      return scope == IdentityScope.INODE || fd.sameFile(other);
    }

    /** Returns under which name it is. */
    public Holder holder() {
      return holder;
    }
  }

  /** Under which name the thing is in luo's hands. */
  public interface Holder {
    /** Returns what messages call it. */
    FileName name();
  }

  private final Map<FileIdentity, List<Entry>> buckets = new HashMap<>();

  @Inject
  IdentityMap() {}

  /**
   * Claims a thing.
   *
   * @throws AlreadyPreservedException if it is in luo's hands
   */
  public synchronized Entry claim(Fd fd, IdentityScope scope, Holder holder)
      throws AlreadyPreservedException, LinuxException {
    for (Entry other : buckets.getOrDefault(fd.identity(), List.of())) {
      if (scope == IdentityScope.INODE || other.isSame(fd)) {
        throw new AlreadyPreservedException(fd.describe(), other.holder.name().toString());
      }
    }
    return add(fd, scope, holder);
  }

  /** Enters a thing that was retrieved; a collision does not matter there (LUO-FIL-42). */
  public synchronized Entry add(Fd fd, IdentityScope scope, Holder holder) throws LinuxException {
    Entry entry = new Entry(fd.identity(), fd, scope, holder);
    buckets.computeIfAbsent(entry.bucket, absent -> new ArrayList<>(1)).add(entry);
    return entry;
  }

  /** Finds what a descriptor stands for, among those that are wanted. */
  public synchronized Optional<Entry> find(Fd fd, Predicate<Holder> wanted) throws LinuxException {
    for (Entry entry : buckets.getOrDefault(fd.identity(), List.of())) {
      if (wanted.test(entry.holder) && entry.isSame(fd)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** Lets go of a thing. */
  public synchronized void release(Entry entry) {
    List<Entry> bucket = buckets.get(entry.bucket);
    if (bucket == null || !bucket.remove(entry)) {
      throw new IllegalStateException("released twice: " + entry.holder.name());
    }
    if (bucket.isEmpty()) {
      buckets.remove(entry.bucket);
    }
  }
}
