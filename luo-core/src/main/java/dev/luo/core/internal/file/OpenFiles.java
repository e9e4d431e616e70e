// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.internal.file.IdentityMap.Entry;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.OpenFileOrder;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Things of one inode that their open file descriptions tell apart. All eventfds of a system are of
 * one inode, so there may be many. Guarded by {@link IdentityMap}.
 */
sealed interface OpenFiles {

  /** Lists the entries of the same open file description. */
  List<Entry> same(Fd fd) throws LinuxException;

  void add(Entry entry) throws LinuxException;

  /** Removes an entry, whose descriptor is still open, and answers whether it was there. */
  boolean remove(Entry entry) throws LinuxException;

  /** Lists all entries. */
  Stream<Entry> all();

  boolean isEmpty();

  /** Compares the open file descriptions behind two descriptors, in a total order. */
  interface FileOrder {
    /** The kernel's, in one system call. */
    FileOrder KERNEL =
        new FileOrder() {
          @Override
          public boolean isKnown(Fd any) throws LinuxException {
            return OpenFileOrder.isKnown(any);
          }

          @Override
          public int compare(Fd first, Fd second) throws LinuxException {
            return OpenFileOrder.compare(first, second);
          }
        };

    boolean isKnown(Fd any) throws LinuxException;

    int compare(Fd first, Fd second) throws LinuxException;
  }

  /** In order: one of n is found by about log n comparisons. */
  final class Sorted implements OpenFiles {

    /** Under a descriptor of one of the entries. */
    private final TreeMap<Fd, List<Entry>> byFile;

    Sorted(FileOrder order) {
      byFile =
          new TreeMap<>((first, second) -> {
            try {
              return order.compare(first, second);
            } catch (LinuxException e) {
              throw new UncheckedIOException(e);
            }
          });
    }

    @Override
    public List<Entry> same(Fd fd) throws LinuxException {
      return compared(() -> byFile.getOrDefault(fd, List.of()));
    }

    @Override
    public void add(Entry entry) throws LinuxException {
      List<Entry> same =
          compared(() -> byFile.computeIfAbsent(entry.fd(), absent -> new ArrayList<>(1)));
      same.add(entry);
    }

    @Override
    public boolean remove(Entry entry) throws LinuxException {
      List<Entry> same = compared(() -> byFile.remove(entry.fd()));
      if (same == null) {
        return false;
      }
      boolean removed = same.remove(entry);
      if (!same.isEmpty()) {
        // The key may be the descriptor that is about to be closed.
        List<Entry> _ = compared(() -> byFile.put(same.getFirst().fd(), same));
      }
      return removed;
    }

    @Override
    public Stream<Entry> all() {
      return byFile.values().stream().flatMap(List::stream);
    }

    @Override
    public boolean isEmpty() {
      return byFile.isEmpty();
    }

    private interface Comparing<T extends @Nullable Object> {
      T run();
    }

    private static <T extends @Nullable Object> T compared(Comparing<T> step)
        throws LinuxException {
      try {
        return step.run();
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof LinuxException cause) {
          throw cause;
        }
        throw e;
      }
    }
  }

  /** One behind the other, where the kernel does not tell an order. */
  final class Listed implements OpenFiles {
    private final List<Entry> entries;

    Listed(Stream<Entry> entries) {
      this.entries = entries.collect(Collectors.toCollection(ArrayList::new));
    }

    @Override
    public List<Entry> same(Fd fd) throws LinuxException {
      List<Entry> found = new ArrayList<>(1);
      for (Entry entry : entries) {
        if (entry.fd().sameFile(fd)) {
          found.add(entry);
        }
      }
      return found;
    }

    @Override
    public void add(Entry entry) {
      entries.add(entry);
    }

    @Override
    public boolean remove(Entry entry) {
      return entries.remove(entry);
    }

    @Override
    public Stream<Entry> all() {
      return entries.stream();
    }

    @Override
    public boolean isEmpty() {
      return entries.isEmpty();
    }
  }
}
