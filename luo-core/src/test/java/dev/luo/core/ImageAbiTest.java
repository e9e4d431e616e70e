// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Updates whose image has the form of Linux 6.19, and what that has room for. */
@NoDescriptorLeaks
class ImageAbiTest {

  private final ScriptedHandler handler = ScriptedHandler.forMemfds(new ArrayList<>());

  private Options options(ImageAbi abi) {
    return TwoStages.options(handler).imageAbi(abi);
  }

  @Test
  void ser19_ser20_chainCrossesWhateverFormEachProgramWrites() throws Exception {
    LiveUpdate luo = InProcessHandover.open(options(ImageAbi.LUO_V5));
    TwoStages.preserve(luo.createSession("first"), 1, 2);
    luo.createSession("empty");
    luo.createSession("second");

    long generation = 1;
    for (ImageAbi next : List.of(ImageAbi.LUO_V1, ImageAbi.LUO_V5, ImageAbi.LUO_V1)) {
      try (InProcessHandover handover = InProcessHandover.handOver(luo, options(next))) {
        luo = handover.successor();
      }
      IncomingImage image = luo.incoming().orElseThrow();
      assertThat(image.generation()).isEqualTo(generation++);
      assertThat(image.sessions()).containsExactly("first", "empty", "second");
      preserveAgain(luo);
    }
    luo.close();
  }

  /** Takes over what came, and preserves it under the same names. */
  private static void preserveAgain(LiveUpdate luo) throws Exception {
    for (String name : luo.incoming().orElseThrow().sessions()) {
      OutgoingSession again = luo.createSession(name);
      try (IncomingSession came = luo.retrieveSession(name)) {
        List<Fd> files = new ArrayList<>();
        for (Token token : came.tokens()) {
          assertThat(TwoStages.number(came, token.value())).isEqualTo(token.value());
          files.add(came.retrieve(token).file());
        }
        List<Token> tokens = new ArrayList<>(came.tokens());
        came.finish();
        for (int i = 0; i < files.size(); i++) {
          again.preserve(tokens.get(i), files.get(i));
          files.get(i).close();
        }
      }
    }
  }

  @Test
  void ses12_form619_hasRoomFor819Sessions() throws Exception {
    try (LiveUpdate luo = InProcessHandover.open(options(ImageAbi.LUO_V1))) {
      for (int i = 0; i < 819; i++) {
        luo.createSession("session " + i);
      }

      assertErrno(Errno.ENOMEM, TooManySessionsException.class, () -> luo.createSession("more"));

      try (InProcessHandover handover = InProcessHandover.handOver(luo, options(ImageAbi.LUO_V5))) {
        assertThat(handover.successor().incoming().orElseThrow().sessions()).hasSize(819);
        TwoStages.discardAll(handover.successor());
        handover.successor().close();
        handover.takeBack();
      }
    }
  }

  @Test
  void fil19_form619_hasRoomFor128FilesOfASession() throws Exception {
    try (LiveUpdate luo = InProcessHandover.open(options(ImageAbi.LUO_V1))) {
      OutgoingSession session = luo.createSession("s");
      for (int i = 0; i < 128; i++) {
        TwoStages.preserve(session, i);
      }

      assertErrno(Errno.ENOSPC, SessionFullException.class, () -> TwoStages.preserve(session, 128));

      TwoStages.preserve(luo.createSession("t"), 128);
    }
  }

  /** A call that is refused. */
  private interface Refused {
    void call() throws Exception;
  }

  private static void assertErrno(
      Errno errno, Class<? extends LuoException> type, Refused refused) {
    assertThatExceptionOfType(type)
        .isThrownBy(refused::call)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(errno));
  }
}
