// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LUO-REG: the handlers of one generation, and through them the shared states. */
final class ModelRegistry {

  private final Variant variant;
  private final Journal journal;
  private final List<FileKind> handlers = new ArrayList<>();

  ModelRegistry(Variant variant, Journal journal, List<FileKind> program) {
    this.variant = variant;
    this.journal = journal;
    program.forEach(this::register);
  }

  /** LUO-REG-03, 05, 14: to the end of the order, unless a string would lead to two. */
  void register(FileKind kind) {
    boolean taken =
        handlers.stream()
            .anyMatch(other -> accepted(kind).stream().anyMatch(accepted(other)::contains));
    // LUO-FLB-05, 06: the same state may serve several handlers, another one of its string none.
    boolean pretends =
        kind.dependencies.stream()
            .anyMatch(state ->
                shared().stream()
                    .anyMatch(
                        other -> other != state && other.compatible.equals(state.compatible)));
    if (taken || pretends) {
      throw new Refusal("DuplicateHandlerException", "EEXIST");
    }
    handlers.add(kind);
  }

  boolean has(FileKind kind) {
    return handlers.contains(kind);
  }

  /** LUO-REG-08; its shared states go with the last that names them (LUO-FLB-10). */
  void unregister(FileKind kind) {
    handlers.remove(kind);
  }

  private List<String> accepted(FileKind kind) {
    return variant.acceptsMore() ? List.copyOf(kind.accepts) : List.of(kind.compatible);
  }

  /** The shared states in order of registration. */
  List<SharedKind> shared() {
    return handlers.stream().flatMap(kind -> kind.dependencies.stream()).distinct().toList();
  }

  /** LUO-FIL-06, 07: the first that says yes. One that throws has not said yes. */
  FileKind preserving(int thing) {
    for (FileKind kind : handlers) {
      boolean thrown =
          journal.called(Callback.CAN_PRESERVE, kind + ".canPreserve " + thing).isPresent();
      if (!thrown && kind.things.contains(thing)) {
        return kind;
      }
    }
    throw new Refusal("NoHandlerException", "ENOENT");
  }

  /** LUO-DES-08: the one that understands the record. */
  Optional<FileKind> accepting(String compatible) {
    return handlers.stream().filter(kind -> accepted(kind).contains(compatible)).findFirst();
  }
}
