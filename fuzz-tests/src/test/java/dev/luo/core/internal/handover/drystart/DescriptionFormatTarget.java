// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.drystart;

import dev.luo.core.internal.handover.drystart.DescriptionFormat.Answer;
import dev.luo.core.internal.handover.drystart.DescriptionFormat.GarbledException;
import dev.luo.fuzz.Budget;
import dev.luo.fuzz.Target;
import dev.luo.spi.Compatible;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a program answers to a dry start: an answer or a refusal, and an answer can be repeated. */
public final class DescriptionFormatTarget implements Target {

  private static final long NONCE = 0x0123_4567_89ab_cdefL;

  @Override
  public List<byte[]> seeds() {
    SuccessorDescription description =
        new SuccessorDescription(
            1,
            "25.0.3+9",
            Set.of("luo-v5"),
            Set.of(Compatible.of("memfd-user-v1"), Compatible.of("ring-v2")),
            Map.of("sessions", 65536L),
            Optional.of("cache 2.1"));
    return List.of(
        DescriptionFormat.write(NONCE, new Answer.Described(4711, description)),
        DescriptionFormat.write(NONCE, new Answer.Failed(4711, "no such handler")));
  }

  @Override
  public void test(byte[] input) throws Exception {
    boolean _ = DescriptionFormat.isComplete(input, input.length);
    Answer answer;
    try {
      answer =
          Budget.within(
              (64 << 10) + 256L * input.length, () -> DescriptionFormat.read(NONCE, input));
    } catch (GarbledException refused) {
      return;
    }
    byte[] repeated = DescriptionFormat.write(NONCE, answer);
    if (!DescriptionFormat.isComplete(repeated, repeated.length)
        || !DescriptionFormat.read(NONCE, repeated).equals(answer)) {
      throw new AssertionError("not the same when repeated: " + answer);
    }
  }
}
