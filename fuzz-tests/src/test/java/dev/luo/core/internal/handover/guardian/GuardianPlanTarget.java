// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import dev.luo.fuzz.Budget;
import dev.luo.fuzz.Target;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Memfd;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/** What a guardian reads when it starts: a plan or a refusal, and a plan can be written again. */
public final class GuardianPlanTarget implements Target {

  @Override
  public List<byte[]> seeds() throws Exception {
    return List.of(
        bytes(new GuardianPlan("/bin/jävä", List.of("java", "", "-x"), Map.of("CLASSPATH", "/y"))),
        bytes(new GuardianPlan("/bin/x", List.of(), Map.of())));
  }

  private static byte[] bytes(GuardianPlan plan) throws Exception {
    try (Fd memfd = plan.write();
        Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(FileIo.size(memfd));
      FileIo.preadFully(memfd, bytes, 0);
      return bytes.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  @Override
  public void test(byte[] input) throws Exception {
    GuardianPlan plan;
    try (Fd memfd = Memfd.create("plan");
        Arena arena = Arena.ofConfined()) {
      FileIo.pwriteFully(memfd, arena.allocateFrom(ValueLayout.JAVA_BYTE, input), 0);
      plan = Budget.within((64 << 10) + 64L * input.length, () -> GuardianPlan.read(memfd));
    } catch (IOException refused) {
      return;
    }
    try (Fd memfd = plan.write()) {
      if (!GuardianPlan.read(memfd).equals(plan)) {
        throw new AssertionError("not the same when written again: " + plan);
      }
    }
  }
}
