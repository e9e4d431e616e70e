// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi.paper;

import dev.luo.linux.Fd;
import dev.luo.spi.Boundary;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import dev.luo.spi.Origin;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** All that a successor is given: copied bytes, duplicated descriptors, and how it came about. */
record Handover(Boundary boundary, Origin origin, Map<Token, Entry> files)
    implements AutoCloseable {

  /**
   * What crosses for one file.
   *
   * @param memory may be damaged by a test
   * @param carried all slots of the file
   * @param arrived the descriptors of those that the crossing could take
   */
  record Entry(
      Compatible compatible,
      Handle handle,
      Map<Handle, byte[]> memory,
      Set<Slot> carried,
      Map<Slot, Fd> arrived) {}

  /** Returns the bytes behind a file's handle, to be damaged. */
  byte[] record(Token token) {
    Entry entry = Objects.requireNonNull(files.get(token));
    return Objects.requireNonNull(entry.memory().get(entry.handle()));
  }

  /** Puts another descriptor where one arrived. */
  void replace(Token token, Slot slot, Fd other) {
    Fd arrived = Objects.requireNonNull(files.get(token)).arrived().put(slot, other);
    Objects.requireNonNull(arrived).close();
  }

  @Override
  public void close() {
    files.values().forEach(entry -> entry.arrived().values().forEach(Fd::close));
  }
}
