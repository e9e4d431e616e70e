// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.AlreadyPreservedException;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.file.OpenFiles.FileOrder;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.LinuxException;
import dev.luo.spi.IdentityScope;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which things are in luo's hands, over all sessions and handlers (LUO-FIL-13): outgoing files, and
 * incoming ones that were retrieved. By device and inode; of one inode, the open file description
 * decides unless the handler says that the inode does. Thread-safe.
 *
 * <p>A claim takes constant time, or where n things share one inode about log n system calls.
 */
@Singleton
public final class IdentityMap {

  /**
   * A thing in luo's hands. Compared by identity.
   *
   * <p>Most inodes stand for one thing: then it is itself all that is known of the inode.
   */
  public static final class Entry implements SameInode {
    private final FileIdentity inode;
    private final Fd fd;
    private final IdentityScope scope;
    private final Holder holder;

    private Entry(FileIdentity inode, Fd fd, IdentityScope scope, Holder holder) {
      this.inode = inode;
      this.fd = fd;
      this.scope = scope;
      this.holder = holder;
    }

    Fd fd() {
      return fd;
    }

    IdentityScope scope() {
      return scope;
    }

    /** Returns under which name it is. */
    public Holder holder() {
      return holder;
    }

    @Override
    public Optional<Entry> find(Fd other, IdentityScope wanted, Predicate<Holder> whose)
        throws LinuxException {
      boolean same =
          whose.test(holder)
              && (wanted == IdentityScope.INODE
                  || scope == IdentityScope.INODE
                  || fd.sameFile(other));
      return same ? Optional.of(this) : Optional.empty();
    }
  }

  /** Under which name the thing is in luo's hands. */
  public interface Holder {
    /** Returns what messages call it. */
    FileName name();
  }

  private static final Logger LOG = System.getLogger("dev.luo.core");

  private final Map<FileIdentity, SameInode> byInode = new HashMap<>();
  private final FileOrder order;

  @Inject
  IdentityMap() {
    this(FileOrder.KERNEL);
  }

  IdentityMap(FileOrder order) {
    this.order = order;
  }

  /**
   * Claims a thing.
   *
   * @param fd stays open until the thing is released
   * @throws AlreadyPreservedException if it is in luo's hands
   */
  public Entry claim(Fd fd, IdentityScope scope, Holder holder)
      throws AlreadyPreservedException, LinuxException {
    return claim(fd, scope, holder, null);
  }

  /**
   * Claims a thing that somebody may have who gives it up afterwards, so that it is in luo's hands
   * all the time.
   *
   * @param fd stays open until the thing is released
   * @param before who that is; null if nobody may have it
   * @throws AlreadyPreservedException if anybody else has it
   */
  public synchronized Entry claim(
      Fd fd, IdentityScope scope, Holder holder, @Nullable Holder before)
      throws AlreadyPreservedException, LinuxException {
    Entry entry = new Entry(fd.identity(), fd, scope, holder);
    SameInode known = byInode.get(entry.inode);
    Optional<Entry> other =
        known == null ? Optional.empty() : known.find(fd, scope, has -> !has.equals(before));
    if (other.isPresent()) {
      FileName name = other.get().holder.name();
      throw new AlreadyPreservedException(
          fd.describe(), name.session(), name.token(), name.compatible());
    }
    add(entry);
    return entry;
  }

  /**
   * Enters a thing that was retrieved; a collision is worth a warning there, and no more
   * (LUO-FIL-42).
   *
   * @param fd stays open until the thing is released
   */
  public synchronized Entry add(Fd fd, IdentityScope scope, Holder holder) throws LinuxException {
    Entry entry = new Entry(fd.identity(), fd, scope, holder);
    SameInode known = byInode.get(entry.inode);
    if (known != null) {
      known
          .find(fd, scope, anybody -> true)
          .ifPresent(other ->
              LOG.log(
                  Level.WARNING,
                  "{0} is the same thing as {1}",
                  holder.name(),
                  other.holder.name()));
    }
    add(entry);
    return entry;
  }

  private void add(Entry entry) throws LinuxException {
    SameInode known = byInode.get(entry.inode);
    if (known instanceof SeveralOfAnInode several) {
      several.add(entry);
    } else if (known instanceof Entry only) {
      byInode.put(entry.inode, SeveralOfAnInode.of(only, entry, order));
    } else {
      byInode.put(entry.inode, entry);
    }
  }

  /** Finds what a descriptor stands for, among those that are wanted. */
  public synchronized Optional<Entry> find(Fd fd, Predicate<Holder> wanted) throws LinuxException {
    SameInode known = byInode.get(fd.identity());
    return known == null ? Optional.empty() : known.find(fd, IdentityScope.OPEN_FILE, wanted);
  }

  /** Lets go of a thing, whose descriptor is still open. */
  public synchronized void release(Entry entry) {
    SameInode known = byInode.get(entry.inode);
    if (known == entry) {
      byInode.remove(entry.inode);
    } else if (known instanceof SeveralOfAnInode several && several.remove(entry)) {
      if (several.isEmpty()) {
        byInode.remove(entry.inode);
      }
    } else {
      throw new IllegalStateException("released twice: " + entry.holder.name());
    }
  }
}
