// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.LinuxException;
import dev.luo.spi.Compatible;
import dev.luo.spi.CorruptRecordException;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.FinishContext;
import dev.luo.spi.FreezeContext;
import dev.luo.spi.Handle;
import dev.luo.spi.HandlerException;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.OutgoingRecord;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.RestoredContext;
import dev.luo.spi.Retrieval;
import dev.luo.spi.Slot;
import dev.luo.spi.ThawCause;
import dev.luo.spi.Token;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handler for files of one kind that writes down what it is asked to do and fails where it is
 * told to. Its record is the slot of the file, eight bytes.
 */
final class ScriptedHandler implements FileHandler<String> {

  private final Compatible compatible;
  private final FdKind kind;
  private final List<FileLifecycleBound<?>> dependencies;
  private final List<String> calls;
  private final Set<String> failing = new HashSet<>();
  private final Map<String, Dam> dams = new HashMap<>();
  private final Map<Token, Token> references = new HashMap<>();
  private @Nullable Token refusingToFinish;
  IdentityScope scope = IdentityScope.INODE;
  final List<ThawCause> thawCauses = new ArrayList<>();

  /** Formats beside its own that it accepts and writes. */
  Set<Compatible> older = Set.of();

  /** What records of the older formats stand on. */
  List<FileLifecycleBound<?>> olderDependencies = List.of();

  /** Whether what cannot fail and does all the same throws an error rather than an exception. */
  boolean fatal;

  Hook<Fd> whenTested = file -> {};
  Hook<OutgoingContext> whenPreserving = context -> {};
  Hook<FreezeContext<String>> whenFreezing = context -> {};
  Hook<PreservedContext<String>> whenUnpreserving = context -> {};
  Hook<IncomingContext> whenRetrieving = context -> {};
  Hook<FinishContext> whenAsked = context -> {};
  Hook<FinishContext> whenFinishing = context -> {};

  /** Whether it takes files of its kind. */
  boolean taking = true;

  /** Whether each freeze writes a record of its own. */
  boolean replacing;

  /** Something that a test wants done inside a call. */
  @FunctionalInterface
  interface Hook<C> {
    void run(C context) throws LuoException, IOException;
  }

  /**
   * Creates it.
   *
   * @param calls where to write down what it is asked to do, such as {@code freeze 0x1}
   */
  ScriptedHandler(
      String compatible, FdKind kind, List<String> calls, FileLifecycleBound<?>... dependencies) {
    this.compatible = Compatible.of(compatible);
    this.kind = kind;
    this.calls = calls;
    this.dependencies = List.of(dependencies);
  }

  static ScriptedHandler forMemfds(List<String> calls, FileLifecycleBound<?>... dependencies) {
    return new ScriptedHandler("scripted-memfd-v1", FdKind.MEMFD, calls, dependencies);
  }

  /** Lets the named call fail, such as {@code freeze 0x1}. */
  ScriptedHandler failing(String call) {
    failing.add(call);
    return this;
  }

  /** Lets the named call succeed again. */
  void mend(String call) {
    failing.remove(call);
  }

  /** Lets the retrieve of one file retrieve another one first. */
  ScriptedHandler referring(long from, long to) {
    references.put(Token.of(from), Token.of(to));
    return this;
  }

  void refuseToFinish(@Nullable Token token) {
    refusingToFinish = token;
  }

  /** Lets the named call get stuck. */
  ScriptedHandler holding(String call, Dam dam) {
    dams.put(call, dam);
    return this;
  }

  private void call(String operation, Token token) throws HandlerException {
    String call = operation + " " + token;
    calls.add(call);
    hold(call);
    if (failing.contains(call)) {
      throw new HandlerException("told to", Errno.EXDEV);
    }
  }

  private void hold(String call) {
    Dam dam = dams.get(call);
    if (dam != null) {
      dam.hold();
    }
  }

  private void callQuietly(String operation, Token token) {
    String call = operation + " " + token;
    calls.add(call);
    hold(call);
    if (failing.contains(call)) {
      if (fatal) {
        throw new AssertionError("told to");
      }
      throw new IllegalStateException("told to");
    }
  }

  private static <C> void runQuietly(Hook<C> hook, C context) {
    try {
      hook.run(context);
    } catch (LuoException | IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Compatible compatible() {
    return compatible;
  }

  @Override
  public Set<Compatible> accepts() {
    Set<Compatible> all = new HashSet<>(older);
    all.add(compatible);
    return all;
  }

  @Override
  public Set<Compatible> writes() {
    return accepts();
  }

  @Override
  public List<FileLifecycleBound<?>> dependencies() {
    return dependencies;
  }

  @Override
  public List<FileLifecycleBound<?>> dependencies(Compatible format) {
    return older.contains(format) ? olderDependencies : dependencies;
  }

  @Override
  public IdentityScope identityScope() {
    return scope;
  }

  @Override
  public boolean canPreserve(Fd file) {
    hold("canPreserve");
    try {
      whenTested.run(file);
      return taking && file.kind() == kind;
    } catch (LinuxException e) {
      return false;
    } catch (LuoException | IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Preserved<String> preserve(OutgoingContext context) throws LuoException, IOException {
    Handle handle = context.memory().allocate(Long.BYTES);
    Slot slot = context.carry(context.file());
    context.memory().map(handle).set(ValueLayout.JAVA_LONG, 0, slot.number());
    call("preserve", context.token());
    whenPreserving.run(context);
    Token reference = references.get(context.token());
    if (reference != null) {
      context.refer(reference);
    }
    return new Preserved<>(handle, "runtime of " + context.token());
  }

  @Override
  public void unpreserve(PreservedContext<String> context) {
    checkRuntime(context, context.runtime());
    callQuietly("unpreserve", context.token());
    runQuietly(whenUnpreserving, context);
  }

  @Override
  public Handle freeze(FreezeContext<String> context) throws LuoException, IOException {
    checkRuntime(context, context.runtime());
    call("freeze", context.token());
    whenFreezing.run(context);
    return replacing ? copy(context) : context.handle();
  }

  private static Handle copy(FreezeContext<String> context) throws LuoException {
    Handle copy = context.memory().allocate(Long.BYTES);
    context.memory().map(copy).copyFrom(context.memory().map(context.handle()));
    return copy;
  }

  @Override
  public void unfreeze(PreservedContext<String> context, ThawCause cause) {
    checkRuntime(context, context.runtime());
    thawCauses.add(cause);
    callQuietly("unfreeze", context.token());
  }

  private static void checkRuntime(OutgoingRecord context, String runtime) {
    if (!runtime.equals("runtime of " + context.token())) {
      throw new AssertionError("somebody else's run-time state: " + runtime);
    }
  }

  @Override
  public Restored retrieve(IncomingContext context) throws LuoException, IOException {
    call("retrieve", context.token());
    whenRetrieving.run(context);
    Token reference = references.get(context.token());
    if (reference != null) {
      context.retrieve(reference);
    }
    MemorySegment record = context.memory().map(context.handle());
    long slot = record.get(ValueLayout.JAVA_LONG, 0);
    if (record.byteSize() != Long.BYTES) {
      throw new CorruptRecordException("not a slot: " + record.byteSize() + " bytes");
    }
    return Restored.live(context.borrow(Slot.fromRecord((int) slot)));
  }

  @Override
  public void resume(RestoredContext context) {
    callQuietly("resume", context.token());
  }

  @Override
  public void verify(RestoredContext context) throws LuoException, IOException {
    call("verify", context.token());
  }

  @Override
  public boolean canFinish(FinishContext context) {
    callQuietly("canFinish", context.token());
    runQuietly(whenAsked, context);
    return !context.token().equals(refusingToFinish);
  }

  @Override
  public void finish(FinishContext context) {
    String status =
        switch (context.retrieval()) {
          case Retrieval.NotAttempted _ -> "never tried";
          case Retrieval.Retrieved _ -> "retrieved";
          case Retrieval.Failed _ -> "failed";
          default -> "?";
        };
    calls.add("finish " + context.token() + " " + status);
    runQuietly(whenFinishing, context);
  }

  /** Returns what was written down since the last time. */
  static List<String> take(List<String> calls) {
    List<String> taken = new ArrayList<>(calls);
    calls.clear();
    return taken;
  }
}
