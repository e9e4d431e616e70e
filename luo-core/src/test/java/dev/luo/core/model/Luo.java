// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.core.Attachment;
import dev.luo.core.Importance;
import dev.luo.core.IncomingImage;
import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.internal.session.Incoming;
import dev.luo.core.internal.wiring.Holdings;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Fd;
import dev.luo.spi.Crossing;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * luo itself, with real descriptors, handover memory and images, all in one process. As thread-safe
 * as luo is, but for what leads to another generation.
 */
final class Luo implements Subject {

  /** One orchestrator, and how it came about. */
  private static final class Generation {
    final LiveUpdate luo;
    final @Nullable InProcessHandover handover;
    final Map<SharedKind, PlayedState> states;

    /** Those given at opening, and those registered since. */
    final Map<FileKind, PlayedHandler> handlers = new ConcurrentHashMap<>();

    final Map<Integer, OutgoingSession> created = new ConcurrentHashMap<>();
    final Map<Integer, IncomingSession> claimed = new ConcurrentHashMap<>();
    final Set<Integer> closedClaims = ConcurrentHashMap.newKeySet();

    Generation(
        LiveUpdate luo,
        @Nullable InProcessHandover handover,
        Map<SharedKind, PlayedState> states,
        List<PlayedHandler> given) {
      this.luo = luo;
      this.handover = handover;
      this.states = states;
      given.forEach(handler -> handlers.put(handler.kind(), handler));
    }

    /** Says how what led here ended. */
    InProcessHandover cameBy() {
      if (handover == null) {
        throw new IllegalStateException("nothing came");
      }
      return handover;
    }
  }

  private final Variant variant;
  private final Things things;
  private final Journal journal = new Journal();
  private final Deque<Generation> generations = new ArrayDeque<>();

  Luo(Variant variant, Things things) throws LuoException, IOException {
    this.variant = variant;
    this.things = things;
    things.begin();
    openAnew(0);
  }

  private Map<SharedKind, PlayedState> states() {
    Map<SharedKind, PlayedState> states = new EnumMap<>(SharedKind.class);
    for (SharedKind kind : SharedKind.values()) {
      states.put(kind, new PlayedState(kind, journal));
    }
    return states;
  }

  private PlayedHandler handler(FileKind kind, Map<SharedKind, PlayedState> states) {
    return new PlayedHandler(kind, journal, things, states);
  }

  private Options options(List<PlayedHandler> handlers) {
    Options options = Options.crossings(Crossing.EXEC).withoutDiscovery().memoryReserve(1 << 20);
    for (PlayedHandler handler : handlers) {
      options = options.handler(handler);
    }
    return variant == Variant.STRICT ? options.strict() : options;
  }

  private List<PlayedHandler> handlers(int program, Map<SharedKind, PlayedState> states) {
    return World.PROGRAMS.get(program).stream().map(kind -> handler(kind, states)).toList();
  }

  private void openAnew(int program) throws LuoException {
    Map<SharedKind, PlayedState> states = states();
    List<PlayedHandler> handlers = handlers(program, states);
    LiveUpdate luo = InProcessHandover.open(options(handlers));
    generations.push(new Generation(luo, null, states, handlers));
  }

  private Generation now() {
    return generations.getFirst();
  }

  private static <T> T held(Map<Integer, T> map, int name) {
    T held = map.get(name);
    if (held == null) {
      throw new Nothing();
    }
    return held;
  }

  private static Token token(int token) {
    return Token.of(World.TOKENS.get(token));
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public String create(int name) throws LuoException {
    now().created.put(name, now().luo.createSession(World.NAMES.get(name)));
    return "created";
  }

  @Override
  public String preserve(
      int session, int token, int thing, int opening, int reference, int importance)
      throws Exception {
    OutgoingSession to = held(now().created, session);
    Attachment attachment =
        reference == World.NO_REFERENCE ? Attachment.NONE : Attachment.of(token(reference));
    Importance important =
        importance == World.OPTIONAL ? Importance.OPTIONAL : Importance.MANDATORY;
    things.give(thing, opening, fd -> to.preserve(token(token), fd, important, attachment));
    return "preserved";
  }

  @Override
  public String unpreserve(int session, int token) throws LuoException {
    held(now().created, session).unpreserve(token(token));
    return "unpreserved";
  }

  @Override
  public String closeOutgoing(int session) {
    held(now().created, session).close();
    return "closed";
  }

  @Override
  public String handOver(int program, int replaceEvery) throws LuoException {
    settle();
    journal.replaceEvery(replaceEvery);
    Map<SharedKind, PlayedState> states = states();
    List<PlayedHandler> handlers = handlers(program, states);
    InProcessHandover handover = InProcessHandover.handOver(now().luo, options(handlers));
    generations.push(new Generation(handover.successor(), handover, states, handlers));
    return "handed over";
  }

  @Override
  public String settle() {
    if (generations.size() == 1) {
      return "nothing to settle";
    }
    now().cameBy().close();
    generations.removeLast();
    return "settled";
  }

  @Override
  public String takeBack() {
    if (generations.size() == 1) {
      return "nothing to take back";
    }
    Generation successor = generations.pop();
    successor.luo.close();
    successor.cameBy().takeBack();
    return "taken back";
  }

  @Override
  public String startOver(int program) throws LuoException {
    leave();
    try {
      openAnew(program);
    } catch (LuoException e) {
      openAnew(0);
      throw e;
    }
    return "started";
  }

  private void leave() throws LuoException {
    settle();
    Generation last = generations.pop();
    if (variant.updateWaitsForFinish()) {
      discardAll(last);
    }
    last.luo.close();
    // As the end of the process would.
    if (last.luo.incoming().orElse(null) instanceof Incoming incoming) {
      incoming.abandon();
    }
  }

  private static void discardAll(Generation last) throws LuoException {
    for (String name : last.luo.incoming().map(IncomingImage::sessions).orElse(List.of())) {
      int number = World.NAMES.indexOf(name);
      IncomingSession claim = last.claimed.get(number);
      try (IncomingSession open =
          claim == null || last.closedClaims.contains(number)
              ? last.luo.retrieveSession(name)
              : claim) {
        open.discard();
      }
    }
  }

  @Override
  public String register(int kind) throws LuoException {
    FileKind wanted = World.KINDS.get(kind);
    PlayedHandler handler = handler(wanted, now().states);
    now().luo.register(handler);
    now().handlers.put(wanted, handler);
    return "registered";
  }

  @Override
  public String unregister(int kind) throws LuoException {
    FileKind wanted = World.KINDS.get(kind);
    PlayedHandler known = now().handlers.get(wanted);
    now().luo.unregister(known == null ? handler(wanted, now().states) : known);
    return "unregistered";
  }

  @Override
  public String claim(int name) throws LuoException {
    IncomingSession session = now().luo.retrieveSession(World.NAMES.get(name));
    now().claimed.put(name, session);
    now().closedClaims.remove(name);
    return "claimed";
  }

  @Override
  public String retrieve(int session, int token) throws Exception {
    try (Fd file = held(now().claimed, session).retrieve(token(token)).file()) {
      return things.describe(file);
    }
  }

  @Override
  public String retryRetrieve(int session, int token) throws Exception {
    try (Fd file = held(now().claimed, session).retryRetrieve(token(token)).file()) {
      return things.describe(file);
    }
  }

  @Override
  public String verify(int session) throws LuoException {
    held(now().claimed, session).verify();
    return "verified";
  }

  @Override
  public String finish(int session) throws LuoException {
    held(now().claimed, session).finish();
    return "finished";
  }

  @Override
  public String renew(int session) throws LuoException {
    now().created.put(session, held(now().claimed, session).renew());
    return "renewed";
  }

  @Override
  public String discard(int session) throws LuoException {
    held(now().claimed, session).discard();
    return "discarded";
  }

  @Override
  public String closeIncoming(int session) throws LuoException {
    IncomingSession claim = held(now().claimed, session);
    now().closedClaims.add(session);
    claim.close();
    return "closed";
  }

  @Override
  public String resumed() throws InterruptedException {
    now().luo.resumed();
    awaitSettling();
    return "resumed";
  }

  /** What is done in the background holds descriptors open meanwhile. */
  private static void awaitSettling() throws InterruptedException {
    Thread[] threads = new Thread[Thread.activeCount() + 16];
    int count = Thread.enumerate(threads);
    for (Thread thread : Arrays.asList(threads).subList(0, count)) {
      if (thread.getName().equals("luo-settle")) {
        thread.join();
      }
    }
  }

  @Override
  public String state() throws Exception {
    return state(things.held());
  }

  private String state(long descriptors) {
    Generation last = now();
    List<String> parts = new ArrayList<>();
    parts.add("generation " + last.luo.incoming().map(IncomingImage::generation).orElse(0L));
    last.created.forEach(
        (name, session) -> parts.add("out " + World.NAMES.get(name) + tokens(session.tokens())));
    parts.add("in " + last.luo.incoming().map(IncomingImage::sessions).orElse(List.of()));
    last.claimed.forEach((name, claim) ->
        parts.add(
            "claim "
                + World.NAMES.get(name)
                + (last.closedClaims.contains(name) ? " closed" : tokens(claim.tokens()))));
    int files = 0;
    int shared = 0;
    for (Generation each : generations) {
      Holdings holdings = Holdings.of(each.luo);
      files += holdings.files();
      shared += holdings.sharedStates();
    }
    parts.add("files " + files);
    parts.add("shared " + shared);
    parts.add("descriptors " + descriptors);
    return String.join(", ", parts);
  }

  @Override
  public String recount() throws Exception {
    return state(things.recount());
  }

  private static String tokens(Collection<Token> tokens) {
    return tokens.stream().map(token -> Long.toUnsignedString(token.value())).toList().toString();
  }

  @Override
  public String end() throws LuoException, IOException {
    leave();
    return "descriptors " + (things.held() == 0 ? 0 : things.recount());
  }
}
