// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import dev.luo.core.InvalidSessionNameException;
import dev.luo.core.Options;
import dev.luo.core.OutgoingSession;
import dev.luo.core.SessionFullException;
import dev.luo.core.TokenInUseException;
import dev.luo.core.TooManySessionsException;
import dev.luo.core.internal.file.OutgoingFile;
import dev.luo.core.internal.file.OutgoingFiles;
import dev.luo.core.internal.file.PreserveRequest;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.Open;
import dev.luo.spi.Crossing;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** As many sessions, and as many files in one, as the image has room for. */
@NoDescriptorLeaks
class RoomTest {

  private static final int SESSIONS = 510_000;
  private static final int FILES = 630_000;

  private final OutgoingFile<?> preserved = mock(withSettings().stubOnly());
  private @Nullable Fd notOpen;

  /** Called after name, token and room were looked at. */
  private final OutgoingFiles files =
      mock(
          withSettings()
              .stubOnly()
              .defaultAnswer(call -> {
                if (Arrays.stream(call.getArguments()).anyMatch(this::isNotOpen)) {
                  throw new HandlerException("not open", Errno.EBADF);
                }
                return call.getMethod().getName().equals("preserve") ? preserved : null;
              }));

  private boolean isNotOpen(Object argument) {
    return argument instanceof PreserveRequest request && request.file().equals(notOpen);
  }

  private final OutgoingSessions sessions =
      new OutgoingSessions(
          new Gate(mock()),
          files,
          Options.crossings(Crossing.EXEC),
          mock(withSettings().stubOnly()));

  @Test
  void ses12_ses13_roomForSessionsIsLookedAtBetweenNameAndDuplicate() throws Exception {
    OutgoingSession first = sessions.create("session 0");
    for (int i = 1; i < SESSIONS; i++) {
      sessions.create("session " + i);
    }

    assertThatExceptionOfType(InvalidSessionNameException.class)
        .isThrownBy(() -> sessions.create(""));
    for (String name : List.of("one more", "session 0")) {
      assertThatExceptionOfType(TooManySessionsException.class)
          .isThrownBy(() -> sessions.create(name))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOSPC));
    }

    first.close();
    sessions.create("one more");
  }

  @Test
  void fil02_fil04_fil19_roomForFilesIsLookedAtBetweenTokenAndDescriptor() throws Exception {
    OutgoingSession session = sessions.create("s");
    try (Fd file = Open.file("/dev/null")) {
      for (int i = 0; i < FILES; i++) {
        session.preserve(Token.of(i), file);
      }

      Fd bad = mock();
      notOpen = bad;
      assertThatExceptionOfType(SessionFullException.class)
          .isThrownBy(() -> session.preserve(Token.of(-1), bad))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOSPC));
      assertThatExceptionOfType(TokenInUseException.class)
          .isThrownBy(() -> session.preserve(Token.of(7), bad))
          .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.EEXIST));

      when(preserved.referredToBy()).thenReturn(Optional.empty());
      session.unpreserve(Token.of(7));
      session.preserve(Token.of(-1), file);
    }
  }
}
