// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.Open;
import dev.luo.linux.OpenFlag;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.Token;
import dev.luo.testing.LoggedWarnings;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that came, and what they are taken for when they are preserved. */
@NoDescriptorLeaks
class RetrievedIdentityTest {

  private final List<String> calls = new ArrayList<>();
  private final ScriptedHandler handler = ScriptedHandler.forMemfds(calls);
  private LiveUpdate successor;
  private IncomingSession session;

  @BeforeEach
  void handOver() throws Exception {
    successor = TwoStages.arrived(handler);
    session = successor.retrieveSession("s");
  }

  @AfterEach
  void end() throws Exception {
    handler.refuseToFinish(null);
    session.close();
    TwoStages.discardAll(successor);
    successor.close();
  }

  @Test
  void ses09_aFileThatCameUnderTheSameNameAndTokenIsAnotherOne() throws Exception {
    OutgoingSession next = successor.createSession("s");
    TwoStages.preserve(next, 1);
    try (Fd old = session.retrieve(Token.of(1)).file();
        Fd another = Memfds.containing(2)) {
      List<Optional<Token>> found = new ArrayList<>();
      handler.whenPreserving = context -> found.add(context.tokenOf(old));

      next.preserve(Token.of(2), another);

      assertThat(found).containsExactly(Optional.empty());
    }
  }

  @Test
  void fil14_fil15_aRetrievedFileIsPreservedOnlyAfterFinish() throws Exception {
    OutgoingSession next = successor.createSession("s");
    try (Fd file = session.retrieve(Token.of(1)).file()) {
      assertThatExceptionOfType(AlreadyPreservedException.class)
          .isThrownBy(() -> next.preserve(Token.of(1), file))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EBUSY));

      session.discard();

      next.preserve(Token.of(1), file);
    }
  }

  @Test
  void fil42_twoFilesThatTurnOutToBeOneAreBothRetrievedWithAWarning() throws Exception {
    ScriptedHandler byDescription = ScriptedHandler.forMemfds(calls);
    byDescription.scope = IdentityScope.OPEN_FILE;
    LiveUpdate predecessor = TwoStages.open(byDescription);
    OutgoingSession files = predecessor.createSession("s");
    try (Fd memfd = Memfds.containing(7);
        Fd again = Open.again(memfd, OpenFlag.READ_WRITE)) {
      files.preserve(Token.of(1), memfd);
      files.preserve(Token.of(2), again);
    }
    try (InProcessHandover handover = TwoStages.handOver(predecessor, handler);
        LiveUpdate luo = handover.successor();
        IncomingSession came = luo.retrieveSession("s");
        LoggedWarnings warnings = LoggedWarnings.of("dev.luo.core")) {
      assertThat(TwoStages.number(came, 1)).isEqualTo(7);
      assertThat(warnings.messages()).isEmpty();

      assertThat(TwoStages.number(came, 2)).isEqualTo(7);

      assertThat(warnings.messages())
          .singleElement()
          .asString()
          .contains("token 0x2", "the same thing as", "token 0x1");
      came.finish();
    }
  }
}
