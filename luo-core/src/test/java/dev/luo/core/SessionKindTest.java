// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.testing.NoDescriptorLeaks;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the types of sessions forbid, so that no errno is needed. */
@NoDescriptorLeaks
class SessionKindTest {

  private static List<String> methods(Class<?> type) {
    return Stream.of(type.getMethods()).map(Method::getName).toList();
  }

  @Test
  void ses17_ses18_anOutgoingSessionHasNoFinishAndNoRetrieve() {
    assertThat(methods(OutgoingSession.class))
        .contains("preserve")
        .noneMatch(name -> name.matches("(?i).*(finish|discard|retrieve).*"));
  }

  @Test
  void ses19_anIncomingSessionHasNoPreserve() {
    assertThat(methods(IncomingSession.class))
        .contains("retrieve")
        .noneMatch(name -> name.matches("(?i).*preserve.*"));
  }

  @Test
  void ses17_ses18_ses19_noSessionIsOfBothKinds() throws Exception {
    try (LiveUpdate luo = TwoStages.arrived(new MinimalHandler());
        OutgoingSession outgoing = luo.createSession("s");
        IncomingSession incoming = luo.retrieveSession("s")) {
      assertThat(outgoing).isNotInstanceOf(IncomingSession.class);
      assertThat(incoming).isNotInstanceOf(OutgoingSession.class);
      incoming.discard();
      TwoStages.discardAll(luo);
    }
  }
}
