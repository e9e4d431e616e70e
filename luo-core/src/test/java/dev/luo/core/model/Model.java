// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The orchestrator as docs/specification.md tells it, written from there and not from luo: a second
 * specification that runs. Not thread-safe, owns nothing, and knows no failure but those it is
 * told.
 */
final class Model implements Subject {

  /** One orchestrator, from open to the end of its process. */
  private static final class Generation {
    final long number;
    final ModelRegistry registry;
    final Predecessor outgoing;
    final Optional<SuccessorSide> incoming;
    final Map<Integer, Predecessor.Session> created = new HashMap<>();
    final Map<Integer, SuccessorSide.Claim> claimed = new HashMap<>();

    Generation(
        Variant variant, Journal journal, List<FileKind> program, Optional<ModelImage> image) {
      Identities identities = new Identities();
      number = image.map(ModelImage::generation).orElse(0L);
      registry = new ModelRegistry(variant, journal, program);
      outgoing = new Predecessor(journal, registry, identities);
      incoming = image.map(came -> new SuccessorSide(variant, journal, registry, identities, came));
    }

    int descriptors() {
      return outgoing.descriptors() + incoming.map(SuccessorSide::descriptors).orElse(0);
    }
  }

  private final Variant variant;
  private final Journal journal = new Journal();

  /** The last one runs; one before it is frozen and may come back. */
  private final Deque<Generation> generations = new ArrayDeque<>();

  Model(Variant variant) {
    this.variant = variant;
    generations.push(new Generation(variant, journal, World.PROGRAMS.getFirst(), Optional.empty()));
  }

  @Override
  public Journal journal() {
    return journal;
  }

  private Generation now() {
    return generations.getFirst();
  }

  private void requireOffered() {
    if (!variant.hasMoreRequests()) {
      throw new Refusal("UnknownRequestException", "EINVAL");
    }
  }

  private static <T> T held(Map<Integer, T> map, int name) {
    T held = map.get(name);
    if (held == null) {
      throw new Nothing();
    }
    return held;
  }

  @Override
  public String create(int name) {
    Predecessor.Session session = now().outgoing.create(World.NAMES.get(name));
    now().created.put(name, session);
    return "created";
  }

  @Override
  public String preserve(
      int session, int token, int thing, int opening, int reference, int importance) {
    long referredTo =
        reference == World.NO_REFERENCE ? Predecessor.NONE : World.TOKENS.get(reference);
    now()
        .outgoing
        .preserve(
            held(now().created, session),
            World.TOKENS.get(token),
            thing,
            opening,
            referredTo,
            importance == World.OPTIONAL);
    return "preserved";
  }

  @Override
  public String unpreserve(int session, int token) {
    Predecessor.Session from = held(now().created, session);
    requireOffered();
    now().outgoing.unpreserve(from, World.TOKENS.get(token));
    return "unpreserved";
  }

  @Override
  public String closeOutgoing(int session) {
    now().outgoing.close(held(now().created, session));
    return "closed";
  }

  /** LUO-SES-39, 40, LUO-SER; then the successor is opened on what crossed. */
  @Override
  public String handOver(int program, int replaceEvery) {
    settle();
    journal.replaceEvery(replaceEvery);
    Generation predecessor = now();
    boolean unfinished =
        predecessor.incoming.map(came -> !came.unfinished().isEmpty()).orElse(false);
    if (variant.updateWaitsForFinish() && unfinished) {
      throw new Refusal("IncomingUnfinishedException", "EBUSY");
    }
    predecessor.outgoing.freeze();
    ModelImage image = predecessor.outgoing.image(predecessor.number + 1);
    Generation successor;
    try {
      successor = new Generation(variant, journal, World.PROGRAMS.get(program), Optional.of(image));
    } catch (Refusal refusal) {
      predecessor.outgoing.thaw();
      throw refusal;
    }
    generations.push(successor);
    return "handed over";
  }

  @Override
  public String settle() {
    if (generations.size() == 1) {
      return "nothing to settle";
    }
    generations.removeLast();
    return "settled";
  }

  @Override
  public String takeBack() {
    if (generations.size() == 1) {
      return "nothing to take back";
    }
    generations.pop().outgoing.closeAll();
    now().outgoing.thaw();
    return "taken back";
  }

  @Override
  public String startOver(int program) {
    settle();
    if (variant.updateWaitsForFinish()) {
      discardAll();
    }
    now().outgoing.closeAll();
    generations.clear();
    List<FileKind> handlers = World.PROGRAMS.get(program);
    try {
      generations.push(new Generation(variant, journal, handlers, Optional.empty()));
    } catch (Refusal refusal) {
      generations.push(
          new Generation(variant, journal, World.PROGRAMS.getFirst(), Optional.empty()));
      throw refusal;
    }
    return "started";
  }

  private void discardAll() {
    Generation last = now();
    if (last.incoming.isPresent()) {
      SuccessorSide came = last.incoming.get();
      for (String name : came.unfinished()) {
        SuccessorSide.Claim claim = last.claimed.get(World.NAMES.indexOf(name));
        SuccessorSide.Claim open = claim == null || claim.closed ? came.claim(name) : claim;
        came.discard(open);
        came.close(open);
      }
    }
  }

  @Override
  public String register(int kind) {
    now().registry.register(World.KINDS.get(kind));
    return "registered";
  }

  /** LUO-REG-08 to LUO-REG-10. */
  @Override
  public String unregister(int number) {
    FileKind kind = World.KINDS.get(number);
    Generation last = now();
    boolean needed =
        last.outgoing.uses(kind) || last.incoming.map(came -> came.needs(kind)).orElse(false);
    if (variant.unregisterLooksForFiles() && last.registry.has(kind) && needed) {
      throw new Refusal("HandlerInUseException", "EBUSY");
    }
    last.registry.unregister(kind);
    return "unregistered";
  }

  @Override
  public String claim(int name) {
    SuccessorSide came =
        now().incoming.orElseThrow(() -> new Refusal("NoSuchSessionException", "ENOENT"));
    now().claimed.put(name, came.claim(World.NAMES.get(name)));
    return "claimed";
  }

  @Override
  public String retrieve(int session, int token) {
    SuccessorSide.Claim claim = held(now().claimed, session);
    return described(now().incoming.orElseThrow().retrieve(claim, World.TOKENS.get(token)));
  }

  @Override
  public String retryRetrieve(int session, int token) {
    SuccessorSide.Claim claim = held(now().claimed, session);
    requireOffered();
    return described(now().incoming.orElseThrow().retryRetrieve(claim, World.TOKENS.get(token)));
  }

  private static String described(SuccessorSide.File file) {
    return "thing " + file.record.thing() + "." + file.record.opening();
  }

  @Override
  public String verify(int session) {
    SuccessorSide.Claim claim = held(now().claimed, session);
    requireOffered();
    now().incoming.orElseThrow().verify(claim);
    return "verified";
  }

  @Override
  public String finish(int session) {
    SuccessorSide.Claim claim = held(now().claimed, session);
    now().incoming.orElseThrow().finish(claim);
    return "finished";
  }

  @Override
  public String renew(int session) {
    SuccessorSide.Claim claim = held(now().claimed, session);
    requireOffered();
    now().created.put(session, now().incoming.orElseThrow().renew(claim, now().outgoing));
    return "renewed";
  }

  @Override
  public String discard(int session) {
    SuccessorSide.Claim claim = held(now().claimed, session);
    now().incoming.orElseThrow().discard(claim);
    return "discarded";
  }

  @Override
  public String closeIncoming(int session) {
    SuccessorSide.Claim claim = held(now().claimed, session);
    now().incoming.orElseThrow().close(claim);
    return "closed";
  }

  @Override
  public String resumed() {
    return "resumed";
  }

  @Override
  public String state() {
    Generation last = now();
    List<String> parts = new ArrayList<>();
    parts.add("generation " + last.number);
    last.created.forEach((name, session) ->
        parts.add("out " + World.NAMES.get(name) + tokens(session.files.keySet())));
    parts.add("in " + last.incoming.map(SuccessorSide::unfinished).orElse(List.of()));
    last.claimed.forEach((name, claim) ->
        parts.add(
            "claim "
                + World.NAMES.get(name)
                + (claim.closed
                    ? " closed"
                    : tokens(claim.session.finished ? List.of() : claim.session.files.keySet()))));
    parts.add("files " + generations.stream().mapToInt(all -> all.outgoing.files()).sum());
    parts.add("shared " + generations.stream().mapToInt(all -> all.outgoing.sharedStates()).sum());
    parts.add("descriptors " + generations.stream().mapToInt(Generation::descriptors).sum());
    return String.join(", ", parts);
  }

  @Override
  public String recount() {
    return state();
  }

  /** Returns what there is to do now. */
  Prospects prospects() {
    Generation last = now();
    Map<Integer, List<Integer>> outgoing = new HashMap<>();
    last.created.forEach((name, session) -> {
      if (!session.closed) {
        outgoing.put(name, numbers(session.files.keySet()));
      }
    });
    Map<Integer, List<Integer>> incoming = new HashMap<>();
    last.claimed.forEach((name, claim) -> {
      if (!claim.closed) {
        incoming.put(name, numbers(claim.session.files.keySet()));
      }
    });
    List<Integer> unfinished =
        last.incoming.map(SuccessorSide::unfinished).orElse(List.of()).stream()
            .map(World.NAMES::indexOf)
            .toList();
    return new Prospects(
        outgoing,
        unfinished.stream().filter(name -> !incoming.containsKey(name)).toList(),
        incoming,
        !unfinished.isEmpty());
  }

  private static List<Integer> numbers(Set<Long> tokens) {
    return tokens.stream().map(World.TOKENS::indexOf).toList();
  }

  /** Tokens in unsigned order. */
  private static String tokens(Iterable<Long> tokens) {
    TreeSet<Long> ordered = new TreeSet<>(Long::compareUnsigned);
    tokens.forEach(ordered::add);
    return ordered.stream().map(Long::toUnsignedString).toList().toString();
  }

  @Override
  public String end() {
    generations.clear();
    return "descriptors 0";
  }
}
