// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** LUO-REG: the handlers of one generation, and through them the shared states. */
final class ModelRegistry {

  /** A handler from its registration on, for files even beyond its end. */
  static final class Registration {
    final FileKind kind;
    private boolean over;

    Registration(FileKind kind) {
      this.kind = kind;
    }

    /** LUO-REG-08: its shared states are detached from it, whoever counted on them. */
    List<SharedKind> dependencies() {
      return over ? List.of() : kind.dependencies;
    }
  }

  private final Variant variant;
  private final Journal journal;
  private final List<Registration> handlers = new ArrayList<>();

  ModelRegistry(Variant variant, Journal journal, List<FileKind> program) {
    this.variant = variant;
    this.journal = journal;
    program.forEach(this::register);
  }

  /** LUO-REG-03, 05, 14: to the end of the order, unless a string would lead to two. */
  void register(FileKind kind) {
    boolean taken =
        handlers.stream()
            .anyMatch(other -> accepted(kind).stream().anyMatch(accepted(other.kind)::contains));
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
    handlers.add(new Registration(kind));
  }

  boolean has(FileKind kind) {
    return handlers.stream().anyMatch(handler -> handler.kind == kind);
  }

  /** LUO-REG-08; its shared states go with the last that names them (LUO-FLB-10). */
  void unregister(FileKind kind) {
    for (Registration handler : List.copyOf(handlers)) {
      if (handler.kind == kind) {
        handler.over = true;
        handlers.remove(handler);
      }
    }
  }

  private List<String> accepted(FileKind kind) {
    return variant.acceptsMore() ? List.copyOf(kind.accepts) : List.of(kind.compatible);
  }

  /** The shared states in order of registration. */
  List<SharedKind> shared() {
    return handlers.stream().flatMap(each -> each.kind.dependencies.stream()).distinct().toList();
  }

  /** LUO-FIL-06, 07: the first that says yes. One that throws has not said yes. */
  Registration preserving(int thing) {
    for (Registration handler : handlers) {
      FileKind kind = handler.kind;
      boolean thrown =
          journal.called(Callback.CAN_PRESERVE, kind + ".canPreserve " + thing).isPresent();
      if (!thrown && kind.things.contains(thing)) {
        return handler;
      }
    }
    throw new Refusal("NoHandlerException", "ENOENT");
  }

  /** LUO-DES-08: the one that understands the record. */
  Optional<Registration> accepting(String compatible) {
    return handlers.stream()
        .filter(handler -> accepted(handler.kind).contains(compatible))
        .findFirst();
  }
}
