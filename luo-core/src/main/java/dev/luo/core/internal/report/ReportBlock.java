// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.report;

import dev.luo.core.UpdateReport.Phase;
import dev.luo.core.UpdateReport.Remark;
import dev.luo.spi.Compatible;
import dev.luo.spi.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What the predecessor has to report, as it stands in handover memory: a magic number, the number
 * of bytes and their CRC-32C, each 32 bits little-endian, then the bytes.
 *
 * @param phases of the predecessor
 * @param remarks of the predecessor's handlers
 */
public record ReportBlock(List<Phase> phases, List<Remark> remarks) {

  /** How much is set aside for it. */
  public static final int BYTE_SIZE = 64 * 1024;

  private static final int MAGIC = 0x5450524c;
  private static final int HEADER = 12;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Writes as much as there is room for: all phases, and the newest remarks. */
  public void write(MemorySegment block) {
    byte[] bytes = encode(remarks);
    for (int kept = remarks.size(); HEADER + bytes.length > block.byteSize() && kept > 0; ) {
      kept /= 2;
      bytes = encode(remarks.subList(remarks.size() - kept, remarks.size()));
    }
    MemorySegment.copy(bytes, 0, block, ValueLayout.JAVA_BYTE, HEADER, bytes.length);
    block.set(INT, 4, bytes.length);
    block.set(INT, 8, crc(bytes));
    block.set(INT, 0, MAGIC);
  }

  private byte[] encode(List<Remark> kept) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(phases.size());
      for (Phase phase : phases) {
        out.writeUTF(phase.name());
        out.writeLong(phase.startNanos());
        out.writeLong(phase.durationNanos());
      }
      out.writeInt(kept.size());
      for (Remark remark : kept) {
        out.writeUTF(remark.session());
        out.writeLong(remark.token().value());
        out.writeUTF(remark.compatible().value());
        out.writeUTF(shortened(remark.text()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  /**
   * A string of that form may not have more than 65535 bytes, and a character has at most three.
   */
  private static String shortened(String text) {
    return text.length() <= 2000 ? text : text.substring(0, 2000) + "…";
  }

  /** Reads it; empty if it is not one. */
  public static Optional<ReportBlock> read(MemorySegment block) {
    if (block.byteSize() < HEADER || block.get(INT, 0) != MAGIC) {
      return Optional.empty();
    }
    int length = block.get(INT, 4);
    if (length < 0 || length > block.byteSize() - HEADER) {
      return Optional.empty();
    }
    byte[] bytes = block.asSlice(HEADER, length).toArray(ValueLayout.JAVA_BYTE);
    if (crc(bytes) != block.get(INT, 8)) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<Phase> phases = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        phases.add(new Phase(in.readUTF(), in.readLong(), in.readLong()));
      }
      List<Remark> remarks = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        remarks.add(
            new Remark(
                in.readUTF(), Token.of(in.readLong()), Compatible.of(in.readUTF()), in.readUTF()));
      }
      return Optional.of(new ReportBlock(phases, remarks));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return (int) crc.getValue();
  }
}
