// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.luo.core.DuplicateHandlerException;
import dev.luo.core.InvalidHandlerException;
import dev.luo.core.Options;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FileLifecycleBound;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.LuoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandlerRegistryTest {

  private static FileHandler<?> handler(
      String compatible, Set<String> accepts, FileLifecycleBound<?>... dependencies) {
    FileHandler<?> handler = mock();
    when(handler.compatible()).thenReturn(Compatible.of(compatible));
    when(handler.accepts())
        .thenReturn(accepts.stream().map(Compatible::of).collect(Collectors.toUnmodifiableSet()));
    when(handler.writes()).thenReturn(Set.of(Compatible.of(compatible)));
    when(handler.dependencies()).thenReturn(List.of(dependencies));
    when(handler.identityScope()).thenReturn(IdentityScope.INODE);
    return handler;
  }

  private static HandlerRegistry registry(FileHandler<?>... handlers) throws LuoException {
    return new HandlerRegistry(List.of(handlers), Options.crossings(Crossing.EXEC));
  }

  private static FileLifecycleBound<?> flb(String compatible) {
    FileLifecycleBound<?> flb = mock();
    when(flb.compatible()).thenReturn(Compatible.of(compatible));
    when(flb.accepts()).thenReturn(Set.of(Compatible.of(compatible)));
    return flb;
  }

  @Test
  @DisplayName("LUO-REG-03 two handlers of one string are refused, both classes named")
  void reg03_register_sameString() {
    FileHandler<?> one = handler("a-v1", Set.of("a-v1"));
    FileHandler<?> other = handler("a-v1", Set.of("a-v1"));

    assertThatExceptionOfType(DuplicateHandlerException.class)
        .isThrownBy(() -> registry(one, other))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST))
        .withMessageContaining(one.getClass().getName())
        .withMessageContaining("a-v1");
  }

  @Test
  @DisplayName("LUO-REG-14 a handler takes records of the strings that it accepts; nobody else may")
  void reg14_accepting_olderString() throws Exception {
    FileHandler<?> both = handler("a-v2", Set.of("a-v1", "a-v2"));
    HandlerRegistry registry = registry(both);

    assertThat(registry.accepting(Compatible.of("a-v1")).orElseThrow().handler()).isSameAs(both);
    assertThat(registry.accepting(Compatible.of("a-v3"))).isEmpty();
    assertThatExceptionOfType(DuplicateHandlerException.class)
        .isThrownBy(() -> registry.register(handler("a-v1", Set.of("a-v1"))));
    assertThat(registry.accepted()).containsExactly(Compatible.of("a-v1"), Compatible.of("a-v2"));
  }

  @Test
  void reg04_whatContradictsItselfIsRefusedAsThatEvenIfItIsADuplicate() throws Exception {
    HandlerRegistry registry = registry(handler("a-v1", Set.of("a-v1")));
    FileHandler<?> contradicting = handler("a-v1", Set.of("a-v1"));
    when(contradicting.writes()).thenReturn(Set.of(Compatible.of("a-v0")));

    assertThatExceptionOfType(InvalidHandlerException.class)
        .isThrownBy(() -> registry.register(contradicting))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL))
        .withMessageContaining("write");
  }

  @Test
  void reg14_asTheKernelOnlyTheOwnStringIsAccepted() throws Exception {
    HandlerRegistry registry =
        new HandlerRegistry(
            List.of(handler("a-v2", Set.of("a-v1", "a-v2")), handler("a-v1", Set.of("a-v1"))),
            Options.crossings(Crossing.EXEC).strict());

    assertThat(registry.accepting(Compatible.of("a-v1")).orElseThrow().compatible())
        .isEqualTo(Compatible.of("a-v1"));
  }

  @Test
  void register_handlerThatDoesNotAcceptWhatItWrites() {
    assertThatExceptionOfType(InvalidHandlerException.class)
        .isThrownBy(() -> registry(handler("a-v2", Set.of("a-v1"))))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
  }

  @Test
  @DisplayName(
      "LUO-FLB-05, 06 one shared state for several handlers; another one of its string is refused")
  void flb05_flb06_register_sharedState() throws Exception {
    FileLifecycleBound<?> shared = flb("shared-v1");
    HandlerRegistry registry =
        registry(handler("a-v1", Set.of("a-v1"), shared), handler("b-v1", Set.of("b-v1"), shared));

    assertThat(registry.flbs()).hasSize(1);
    assertThatExceptionOfType(DuplicateHandlerException.class)
        .isThrownBy(() -> registry.register(handler("c-v1", Set.of("c-v1"), flb("shared-v1"))));
  }

  @Test
  @DisplayName("LUO-FLB-07 and 08 the 64th shared state is refused, whatever its string")
  void flb07_flb08_register_tooManySharedStates() throws Exception {
    List<FileLifecycleBound<?>> many = new ArrayList<>();
    for (int i = 0; i < HandlerRegistry.MAX_FLBS; i++) {
      many.add(flb("shared-" + i));
    }
    HandlerRegistry registry =
        registry(handler("a-v1", Set.of("a-v1"), many.toArray(new FileLifecycleBound<?>[0])));

    assertThatExceptionOfType(InvalidHandlerException.class)
        .isThrownBy(() -> registry.register(handler("b-v1", Set.of("b-v1"), flb("shared-0"))))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOSPC))
        .withMessageContaining("63");
  }

  @Test
  @DisplayName("LUO-FLB-04 one shared state twice in one handler is refused")
  void flb04_register_sameSharedStateTwice() {
    FileLifecycleBound<?> shared = flb("shared-v1");

    assertThatExceptionOfType(InvalidHandlerException.class)
        .isThrownBy(() -> registry(handler("a-v1", Set.of("a-v1"), shared, shared)))
        .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));
  }

  @Test
  void register_refused_leavesNothingBehind() throws Exception {
    HandlerRegistry registry = registry(handler("a-v1", Set.of("a-v1")));

    assertThatExceptionOfType(DuplicateHandlerException.class)
        .isThrownBy(() -> registry.register(handler("b-v1", Set.of("b-v1", "a-v1"))));

    assertThat(registry.accepted()).containsExactly(Compatible.of("a-v1"));
    registry.register(handler("b-v1", Set.of("b-v1")));
  }
}
