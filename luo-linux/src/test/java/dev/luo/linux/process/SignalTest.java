// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignalTest {
  @Test
  void name_isThatOfTheManual() {
    assertThat(Signal.TERM).hasToString("SIGTERM");
    assertThat(new Signal(31).name()).isEqualTo("SIGSYS");
    assertThat(new Signal(34).name()).isEqualTo("SIG34");
    assertThat(Signal.CHLD.number()).isEqualTo(17);
  }

  @Test
  void constructor_ofANumberThatIsNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Signal(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Signal(65));
  }

  @Test
  void signals_ofAThreadOfTheJvm() throws IOException {
    Signals signals = Signals.ofThread();
    assertThat(signals.blocked()).as("what Exec has to put right").contains(Signal.QUIT);
    assertThat(signals.caught()).contains(Signal.TERM, Signal.SEGV);
    assertThat(signals.ignored()).doesNotContain(Signal.TERM);
  }

  @Test
  void signals_ofAProcess() throws IOException {
    assertThat(Signals.ofProcess(ProcessHandle.current().pid()).caught()).contains(Signal.TERM);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Signals.ofProcess(Integer.MAX_VALUE));
  }

  @Test
  void ofBits_countsFromOne() {
    assertThat(Signals.ofBits(0x8000_0000_0000_0001L))
        .isEqualTo(Set.of(Signal.HUP, new Signal(64)));
  }
}
