// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.FdKind;
import dev.luo.spi.Compatible;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.testing.NoDescriptorLeaks;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which handlers are taken, and which of them gets a file. */
@NoDescriptorLeaks
class RegistrationTest {

  private final List<String> one = new ArrayList<>();
  private final List<String> other = new ArrayList<>();

  private static List<String> required(Class<?> type) {
    return Stream.of(type.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .map(Method::getName)
        .toList();
  }

  @Test
  void reg02_reg06_fiveOperationsAndTheNameAreRequired() {
    assertThat(required(FileHandler.class))
        .containsExactlyInAnyOrder(
            "compatible", "canPreserve", "preserve", "unpreserve", "retrieve", "finish");
  }

  @Test
  void flb02_fourOperationsAndTheNameOfSharedStateAreRequired() {
    assertThat(required(FileLifecycleBound.class))
        .containsExactlyInAnyOrder("compatible", "preserve", "unpreserve", "retrieve", "finish");
  }

  private ScriptedHandler named(String compatible, List<String> calls) {
    return new ScriptedHandler(compatible, FdKind.MEMFD, calls);
  }

  @Test
  void reg12_aNameThatIsTooLongIsRefused() throws Exception {
    try (LiveUpdate luo = TwoStages.open()) {
      luo.register(named("x".repeat(47), one));

      FileHandler<?> tooLong = mock();
      when(tooLong.compatible()).thenAnswer(call -> Compatible.of("x".repeat(48)));
      assertThatExceptionOfType(InvalidHandlerException.class)
          .isThrownBy(() -> luo.register(tooLong))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
    }
  }

  @Test
  void reg03_reg04_whatIsWrongWithAHandlerIsSaidBeforeWhatIsWrongWithItsName() throws Exception {
    try (LiveUpdate luo = TwoStages.open(named("a-v1", one))) {
      FileHandler<?> contradictory = mock();
      when(contradictory.compatible()).thenReturn(Compatible.of("a-v1"));
      when(contradictory.accepts()).thenReturn(Set.of(Compatible.of("a-v0")));
      assertThatExceptionOfType(InvalidHandlerException.class)
          .isThrownBy(() -> luo.register(contradictory))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));

      assertThatExceptionOfType(DuplicateHandlerException.class)
          .isThrownBy(() -> luo.register(named("a-v1", other)))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));

      TwoStages.preserve(luo.createSession("s"), 1);
      assertThat(one).containsExactly("preserve 0x1");
      assertThat(other).isEmpty();
    }
  }

  @Test
  void reg15_orderDecidesAtPreserveAndTheCompatibleAtRetrieve() throws Exception {
    List<String> before = new ArrayList<>();
    LiveUpdate predecessor = TwoStages.open(named("a-v1", before), named("b-v1", before));
    TwoStages.preserve(predecessor.createSession("s"), 1);
    try (InProcessHandover handover =
            TwoStages.handOver(predecessor, named("b-v1", other), named("a-v1", one));
        LiveUpdate luo = handover.successor();
        IncomingSession session = luo.retrieveSession("s")) {
      assertThat(TwoStages.number(session, 1)).isEqualTo(1);
      session.finish();

      assertThat(one).startsWith("retrieve 0x1");
      assertThat(other).isEmpty();
    }
  }
}
