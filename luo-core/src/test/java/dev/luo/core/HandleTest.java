// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static dev.luo.core.ScriptedHandler.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Fd;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.Handle;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handle is on its way: kept, replaced, handed to every callback. */
@NoDescriptorLeaks
class HandleTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private final List<Handle> handles = new ArrayList<>();

  private LiveUpdate preservedInA() throws Exception {
    LiveUpdate luo = TwoStages.open(handler);
    handler.whenFreezing = context -> handles.add(context.handle());
    handler.whenUnpreserving = context -> handles.add(context.handle());
    handler.whenRetrieving = context -> handles.add(context.handle());
    handler.whenAsked = context -> handles.add(context.handle());
    handler.whenFinishing = context -> handles.add(context.handle());
    TwoStages.preserve(luo.createSession("a"), 1);
    return luo;
  }

  private InProcessHandover handOver(LiveUpdate luo) throws Exception {
    return TwoStages.handOver(luo, handler);
  }

  @Test
  void fil28_ser19_theHandleThatCrossedIsTheOneThatIsRetrieved() throws Exception {
    LiveUpdate luo = preservedInA();
    try (InProcessHandover handover = handOver(luo);
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("a")) {
      assertThat(TwoStages.number(session, 1)).isEqualTo(1);
      session.finish();
    }
    assertThat(handles).hasSize(4).containsOnly(handles.getFirst());
  }

  @Test
  void ser05_ser19_aHandleThatFreezeReplacedIsTheOneThatCrosses() throws Exception {
    handler.replacing = true;
    LiveUpdate luo = preservedInA();
    try (InProcessHandover handover = handOver(luo);
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("a")) {
      assertThat(TwoStages.number(session, 1)).isEqualTo(1);
      session.finish();
    }
    Handle preserved = handles.removeFirst();
    assertThat(handles).hasSize(3).doesNotContain(preserved).containsOnly(handles.getFirst());
  }

  @Test
  void ser14_fil24_aReplacedHandleStaysAfterTheUpdateWasCancelled() throws Exception {
    handler.replacing = true;
    LiveUpdate luo = preservedInA();
    TwoStages.preserve(luo.createSession("b"), 2);
    handler.failing("freeze 0x2");
    assertThatExceptionOfType(FreezeRefusedException.class).isThrownBy(() -> handOver(luo));
    assertThatExceptionOfType(FreezeRefusedException.class).isThrownBy(() -> handOver(luo));

    luo.close();

    // frozen twice, the second time with the handle of the first; then b and a given up
    assertThat(handles).hasSize(4).doesNotHaveDuplicates();
    assertThat(take(calls)).endsWith("unpreserve 0x2", "unpreserve 0x1");
  }

  @Test
  void ser04_fil35_reg06_aHandlerWithoutOptionalOperationsKeepsItsHandleAndAgrees()
      throws Exception {
    LiveUpdate luo = TwoStages.open(new MinimalHandler());
    TwoStages.preserve(luo.createSession("s"), 1, 2);
    try (InProcessHandover handover = TwoStages.handOver(luo, new MinimalHandler())) {
      LiveUpdate successor = handover.successor();
      try (IncomingSession session = successor.retrieveSession("s")) {
        assertThat(TwoStages.number(session, 2)).isEqualTo(2);
        assertThat(TwoStages.number(session, 1)).isEqualTo(1);
        session.finish();
      }
      successor.close();
      handover.takeBack();
    }
    luo.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE})
  void fil28_ser19_aHandleIsOpaque(long number) throws Exception {
    Handle opaque = Handle.of(number);
    LiveUpdate luo = TwoStages.open(new OpaqueHandler(opaque, handles));
    TwoStages.preserve(luo.createSession("s"), 1);
    try (InProcessHandover handover =
            TwoStages.handOver(luo, new OpaqueHandler(Handle.of(4711), handles));
        LiveUpdate successor = handover.successor();
        IncomingSession session = successor.retrieveSession("s")) {
      session.retrieve(Token.of(1)).file().close();
      session.finish();
    }
    assertThat(handles).containsExactly(opaque);
  }

  /** Answers always the same handle, and makes a file of its own for any. */
  private record OpaqueHandler(Handle handle, List<Handle> retrieved)
      implements FileHandler<String> {
    @Override
    public Compatible compatible() {
      return Compatible.of("opaque-v1");
    }

    @Override
    public boolean canPreserve(Fd file) {
      return true;
    }

    @Override
    public Preserved<String> preserve(OutgoingContext context) {
      return new Preserved<>(handle, "");
    }

    @Override
    public void unpreserve(PreservedContext<String> context) {}

    @Override
    public Restored retrieve(IncomingContext context) throws IOException {
      retrieved.add(context.handle());
      return Restored.rebuilt(Memfds.containing(1), "another one");
    }

    @Override
    public void finish(FinishContext context) {}
  }
}
