// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.luo.linux.Errno;
import dev.luo.linux.LinuxException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LuoExceptionTest {

  static Stream<LuoException> all() {
    return Stream.of(
        new LuoException("plain", Errno.EIO, Recovery.RETRY_LATER),
        new HandlerException("handler", Errno.EBUSY, Recovery.PROVIDE_MISSING, new IOException()),
        new CorruptRecordException("corrupt"),
        new CannotCarryException("cannot", Crossing.KERNEL, Errno.ENOENT, null),
        new NoSuchTokenException("token", Token.of(5)),
        new ReferenceCycleException("vm-42", List.of(Token.of(1), Token.of(2))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void serialized_keepsMessageErrnoAndRecovery(LuoException original) throws Exception {
    LuoException copy = copy(original);

    assertThat(copy).hasSameClassAs(original).hasMessage(original.getMessage());
    assertThat(copy.errno()).isEqualTo(original.errno());
    assertThat(copy.recovery()).isEqualTo(original.recovery());
  }

  @Test
  void serialized_keepsWhatOnlyTheTypeKnows() throws Exception {
    CannotCarryException carry =
        new CannotCarryException("cannot", Crossing.STORE, Errno.ENOSPC, null);

    assertThat(copy(carry).crossing()).isEqualTo(Crossing.STORE);
    assertThat(copy(new NoSuchTokenException("token", Token.of(5))).token()).contains(Token.of(5));
    assertThat(copy(new ReferenceCycleException("s", List.of(Token.of(1), Token.of(2)))).cycle())
        .containsExactly(Token.of(1), Token.of(2));
  }

  @Test
  void handlerException_withoutAdvice_abortsTheUpdate() {
    assertThat(new HandlerException("no", Errno.EIO).recovery()).isEqualTo(Recovery.ABORT_UPDATE);
  }

  @Test
  void handlerException_ofASystemCall_hasItsErrnoAndSaysBothMessages() {
    LinuxException cause = new LinuxException(Errno.ENOSPC, "ftruncate", "fd=7");

    HandlerException failure = HandlerException.of("no room", cause);

    assertThat(failure.errno()).isEqualTo(Errno.ENOSPC);
    assertThat(failure).hasCause(cause).hasMessageStartingWith("no room: ftruncate(fd=7): ENOSPC");
  }

  @Test
  void noSuchToken_isAboutTheArguments() {
    assertThat(new NoSuchTokenException("gone", Token.of(0x10)).token()).contains(Token.of(0x10));
    assertThat(new NoSuchTokenException("gone", null).token()).isEmpty();
    assertThat(new NoSuchTokenException("gone", null).recovery()).isEqualTo(Recovery.FIX_ARGUMENTS);
  }

  @Test
  void referenceCycle_namesWhoWaitsForWhom() {
    ReferenceCycleException cycle =
        new ReferenceCycleException("vm-42", List.of(Token.of(1), Token.of(2)));

    assertThat(cycle).hasMessageContaining("\"vm-42\"").hasMessageContaining("0x1 -> 0x2");
    assertThat(cycle.errno()).isEqualTo(Errno.ELOOP);
    assertThat(cycle.cycle()).containsExactly(Token.of(1), Token.of(2));
  }

  private static <E extends LuoException> E copy(E original)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      @SuppressWarnings("unchecked") // what was written is what is read
      E copy = (E) in.readObject();
      return copy;
    }
  }
}
