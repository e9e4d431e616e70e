// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SocketNamesTest {
  static Stream<SocketName> names() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;
    return Stream.of(
        UnixName.path("/run/x.sock"),
        UnixName.path("x".repeat(107)),
        UnixName.abstractName("luo"),
        UnixName.abstractName("with\0nul"),
        UnixName.abstractName("x".repeat(107)),
        UnixName.unnamed(),
        new InternetName(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 65535)),
        new InternetName(new InetSocketAddress(InetAddress.ofLiteral("::1"), 80)),
        new InternetName(new InetSocketAddress(Inet6Address.getByAddress(null, mapped, 0), 1)),
        new InternetName(
            new InetSocketAddress(
                Inet6Address.getByAddress(null, InetAddress.ofLiteral("fe80::1").getAddress(), 3),
                9)),
        OtherName.of(SocketDomain.VSOCK, new byte[] {0, 0, 1, 2, 3, 4}));
  }

  @ParameterizedTest
  @MethodSource("names")
  void decode_ofWhatWasEncoded(SocketName name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment encoded = SocketNames.encode(arena, name);
      SocketName decoded = SocketNames.decode(encoded, (int) encoded.byteSize());
      assertThat(decoded).isEqualTo(name).hasSameHashCodeAs(name);
      assertThat(decoded.domain()).isEqualTo(name.domain());
    }
  }

  @Test
  void encode_isAsTheManualSays() {
    try (Arena arena = Arena.ofConfined()) {
      assertThat(
              bytes(
                  SocketNames.encode(
                      arena,
                      new InternetName(
                          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 258)))))
          .startsWith(2, 0, 1, 2, 127, 0, 0, 1)
          .hasSize(16);
      assertThat(bytes(SocketNames.encode(arena, UnixName.abstractName("ab"))))
          .containsExactly(1, 0, 0, 'a', 'b');
      assertThat(bytes(SocketNames.encode(arena, UnixName.path("ab"))))
          .containsExactly(1, 0, 'a', 'b', 0);
      assertThat(bytes(SocketNames.encode(arena, UnixName.unnamed()))).containsExactly(1, 0);
    }
  }

  private static byte[] bytes(MemorySegment memory) {
    return memory.toArray(ValueLayout.JAVA_BYTE);
  }

  @Test
  void toString_isAsToolsShowIt() {
    assertThat(UnixName.path("/run/x.sock")).hasToString("/run/x.sock");
    assertThat(UnixName.abstractName("luo")).hasToString("@luo");
    assertThat(UnixName.unnamed()).hasToString("(unnamed)");
    assertThat(UnixName.abstractName("luo").text()).isEqualTo("luo");
    assertThat(UnixName.abstractName("luo")).isNotEqualTo(UnixName.path("luo"));
    assertThat(UnixName.abstractName("").isUnnamed()).isFalse();
    assertThat(SocketDomain.INET6).hasToString("INET6");
    assertThat(new SocketDomain(17)).hasToString("domain 17");
    assertThat(SocketType.SEQPACKET).hasToString("SEQPACKET");
    assertThat(new SocketType(3)).hasToString("type 3");
  }

  @Test
  void names_thatTheKernelHasNoRoomFor() {
    assertThatIllegalArgumentException().isThrownBy(() -> UnixName.path("x".repeat(108)));
    assertThatIllegalArgumentException().isThrownBy(() -> UnixName.path(""));
    assertThatIllegalArgumentException().isThrownBy(() -> UnixName.path("a\0b"));
    assertThatIllegalArgumentException().isThrownBy(() -> UnixName.abstractName("ä".repeat(54)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InternetName(InetSocketAddress.createUnresolved("localhost", 1)));
  }
}
