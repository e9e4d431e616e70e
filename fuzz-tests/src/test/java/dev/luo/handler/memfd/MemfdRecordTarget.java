// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.fuzz.Budget;
import dev.luo.fuzz.Target;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.OpenFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.linux.StatusFlags;
import dev.luo.spi.LuoException;
import dev.luo.spi.Slot;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record of the memfd handler, by itself. The first byte of an input says what is put right:
 * the frame of the record (1), its checksums (2). The others are the record.
 *
 * <p>What is read is what the bytes say: written again, it is the same bytes.
 */
public final class MemfdRecordTarget implements Target {

  @Override
  public List<byte[]> seeds() {
    return List.of(seed("cache", SealSet.of(Seal.GROW)), seed(null, SealSet.of()));
  }

  private static byte[] seed(@Nullable String name, SealSet seals) {
    StatusFlags flags = new StatusFlags(OpenFlag.READ_WRITE.bits());
    MemfdRecord record =
        new MemfdRecord(new FileIdentity(1, 4711), 0, seals, 0600, flags, 8192, new Slot(1), name);
    byte[] bytes = new byte[record.encodedBytes()];
    record.encode(MemorySegment.ofArray(bytes));
    new FrozenPart(seals, 8192, 17, 0600, flags).encode(MemorySegment.ofArray(bytes));
    byte[] seed = new byte[1 + bytes.length];
    seed[0] = 3;
    System.arraycopy(bytes, 0, seed, 1, bytes.length);
    return seed;
  }

  @Override
  public void test(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    MemfdRecordRepair.repair(bytes, input[0]);
    MemorySegment segment = MemorySegment.ofArray(bytes);
    MemfdRecord record;
    FrozenPart frozen;
    try {
      record = Budget.within(32 << 10, () -> MemfdRecord.decode(segment));
      frozen = Budget.within(32 << 10, () -> FrozenPart.decode(segment, record));
    } catch (LuoException refused) {
      return;
    }
    byte[] again = new byte[record.encodedBytes()];
    record.encode(MemorySegment.ofArray(again));
    frozen.encode(MemorySegment.ofArray(again));
    if (!Arrays.equals(bytes, again)) {
      throw new AssertionError("not the same when written again: " + record + ", " + frozen);
    }
  }
}
