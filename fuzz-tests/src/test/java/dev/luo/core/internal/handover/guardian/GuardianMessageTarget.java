// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import dev.luo.fuzz.Budget;
import dev.luo.fuzz.Target;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a guardian is told, and tells: a message or a refusal, and a message is the same when it is
 * sent on.
 */
public final class GuardianMessageTarget implements Target {

  @Override
  public List<byte[]> seeds() {
    return Stream.of(
            new GuardianMessage.Ready(4711),
            new GuardianMessage.Carry(List.of(3, 17, 4096)),
            new GuardianMessage.Taken(3),
            new GuardianMessage.Arm(3, 0x0123_4567_89ab_cdefL, 3, 1_000_000_000L),
            new GuardianMessage.Armed(),
            new GuardianMessage.StandDown(-1),
            new GuardianMessage.StoodDown(),
            new GuardianMessage.Unable("Größe"))
        .map(GuardianMessage::encode)
        .toList();
  }

  @Override
  public void test(byte[] input) throws Exception {
    GuardianMessage message;
    try {
      message = Budget.within((16 << 10) + 8L * input.length, () -> GuardianMessage.decode(input));
    } catch (GuardianProtocolException refused) {
      return;
    }
    // A packet has an end: what is longer was cut before it came here.
    if (input.length <= GuardianMessage.MAX_BYTES / 4
        && !GuardianMessage.decode(GuardianMessage.encode(message)).equals(message)) {
      throw new AssertionError("not the same when sent on: " + message);
    }
  }
}
