// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.fuzz.memfd;

import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.RetrievedFile;
import dev.luo.core.testing.InProcessHandover;
import dev.luo.fuzz.Descriptors;
import dev.luo.fuzz.Target;
import dev.luo.handler.memfd.MemfdHandler;
import dev.luo.handler.memfd.MemfdRecordRepair;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.FileIo;
import dev.luo.linux.FileStatus;
import dev.luo.linux.Memfd;
import dev.luo.linux.MemfdFlag;
import dev.luo.linux.Seal;
import dev.luo.linux.SealSet;
import dev.luo.spi.Crossing;
import dev.luo.spi.Fidelity;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A record of the memfd handler that was changed before it crossed. An input is what is put right
 * (1 byte, see {@link MemfdRecordRepair}), how many bytes the record gains or loses (1 byte,
 * signed), then changes of 10 bytes each: an offset in two bytes, and eight bytes that are added to
 * those that stand there, so that an input does not depend on inode and device.
 *
 * <p>Retrieving fails by a {@link LuoException}, or gives the very memory that was preserved.
 * Whatever it says, the memory is as it was, and nothing stays open.
 */
public final class MemfdHandlerTarget implements Target {

  private static final long BYTE_SIZE = 8192;
  private static final SealSet SEALS = SealSet.of(Seal.SHRINK);
  private static final Token TOKEN = Token.of(1);
  private static final int CHANGE = 10;

  @Override
  public List<byte[]> seeds() {
    byte[] change = new byte[2 + CHANGE];
    change[0] = 3;
    change[2] = 40;
    change[4] = 1;
    return List.of(new byte[] {0, 0}, new byte[] {3, 0}, new byte[] {3, 1}, change);
  }

  @Override
  public void test(byte[] input) throws Exception {
    var before = Descriptors.memfds();
    try (Fd memory = Memfd.create("memory", MemfdFlag.ALLOW_SEALING)) {
      FileIo.truncate(memory, BYTE_SIZE);
      Memfd.addSeals(memory, SEALS);
      FileIdentity identity = memory.identity();
      handOver(memory, identity, new ForgingHandler(record -> forged(record, input)));
      if (FileStatus.of(memory).byteSize() != BYTE_SIZE || !Memfd.seals(memory).equals(SEALS)) {
        throw new AssertionError("the memory is no longer what it was");
      }
    }
    if (!Descriptors.memfds().equals(before)) {
      throw new AssertionError(before + " were open, and now " + Descriptors.memfds());
    }
  }

  private static void handOver(Fd memory, FileIdentity identity, ForgingHandler forging)
      throws Exception {
    Options options = Options.crossings(Crossing.EXEC).withoutDiscovery().memoryReserve(1 << 20);
    try (LiveUpdate predecessor = InProcessHandover.open(options.handler(forging))) {
      predecessor.createSession("fuzz").preserve(TOKEN, memory);
      try (InProcessHandover handover =
              InProcessHandover.handOver(predecessor, options.handler(new MemfdHandler()));
          LiveUpdate successor = handover.successor();
          IncomingSession session = successor.retrieveSession("fuzz")) {
        retrieve(session, identity);
        session.discard();
      }
    }
  }

  private static void retrieve(IncomingSession session, FileIdentity identity) throws Exception {
    RetrievedFile retrieved;
    try {
      retrieved = session.retrieve(TOKEN);
    } catch (LuoException toldSo) {
      return;
    }
    try (Fd file = retrieved.file()) {
      if (!file.identity().equals(identity) || retrieved.fidelity() == Fidelity.REBUILT) {
        throw new AssertionError("retrieved something else: " + retrieved);
      }
    }
  }

  private static byte[] forged(byte[] record, byte[] input) {
    ByteBuffer changes = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
    byte what = changes.hasRemaining() ? changes.get() : 0;
    byte gain = changes.hasRemaining() ? changes.get() : 0;
    byte[] forged = Arrays.copyOf(record, Math.max(8, record.length + gain));
    ByteBuffer fields = ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN);
    while (changes.remaining() >= CHANGE) {
      int at = Short.toUnsignedInt(changes.getShort()) % (forged.length - 7);
      fields.putLong(at, fields.getLong(at) + changes.getLong());
    }
    MemfdRecordRepair.repair(forged, what);
    return forged;
  }
}
