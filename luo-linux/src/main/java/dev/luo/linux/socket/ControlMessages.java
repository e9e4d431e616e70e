// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.process.PidFd;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads what travels beside the bytes of a message: a sequence of blocks, each of a
 * length, a level, a type and data, aligned to 8.
 */
final class ControlMessages {
  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int SCM_CREDENTIALS = 2;
  private static final int SCM_PIDFD = 4;

  private static final int HEADER = 16;
  private static final int ALIGNMENT = 8;

  private final List<Fd> descriptors = new ArrayList<>();
  private @Nullable PeerCredentials credentials;
  private @Nullable Fd process;

  private ControlMessages() {}

  /** How much room the block of that many descriptors takes. */
  static long sizeOfRights(int count) {
    return aligned(HEADER + (long) count * Integer.BYTES);
  }

  /** Room for all that may come, and for kinds that nobody here has asked for. */
  static long capacity() {
    return sizeOfRights(Messages.MAX_DESCRIPTORS) + 1024;
  }

  private static long aligned(long size) {
    return (size + ALIGNMENT - 1) & -ALIGNMENT;
  }

  static void writeRights(MemorySegment control, List<Fd.Hold> descriptors) {
    control.set(ValueLayout.JAVA_LONG, 0, HEADER + (long) descriptors.size() * Integer.BYTES);
    control.set(ValueLayout.JAVA_INT, 8, SOL_SOCKET);
    control.set(ValueLayout.JAVA_INT, 12, SCM_RIGHTS);
    long at = HEADER;
    for (Fd.Hold held : descriptors) {
      control.set(ValueLayout.JAVA_INT, at, held.number());
      at += Integer.BYTES;
    }
  }

  /** Takes ownership of everything that came; must not fail, or descriptors would be lost. */
  static ControlMessages read(MemorySegment control) {
    ControlMessages messages = new ControlMessages();
    long at = 0;
    while (at + HEADER <= control.byteSize()) {
      long length = control.get(ValueLayout.JAVA_LONG, at);
      if (length < HEADER || length > control.byteSize() - at) {
        break;
      }
      if (control.get(ValueLayout.JAVA_INT, at + 8) == SOL_SOCKET) {
        messages.take(
            control.get(ValueLayout.JAVA_INT, at + 12),
            control.asSlice(at + HEADER, length - HEADER));
      }
      at += aligned(length);
    }
    return messages;
  }

  private void take(int type, MemorySegment data) {
    switch (type) {
      case SCM_RIGHTS -> {
        for (long at = 0; at + Integer.BYTES <= data.byteSize(); at += Integer.BYTES) {
          descriptors.add(Fd.adopt(data.get(ValueLayout.JAVA_INT, at)));
        }
      }
      case SCM_CREDENTIALS ->
          credentials =
              new PeerCredentials(
                  data.get(ValueLayout.JAVA_INT, 0),
                  data.get(ValueLayout.JAVA_INT, 4),
                  data.get(ValueLayout.JAVA_INT, 8));
      case SCM_PIDFD -> {
        // Negative if the sender is gone or the kernel could not make a descriptor.
        int number = data.get(ValueLayout.JAVA_INT, 0);
        process = number < 0 ? null : Fd.adopt(number);
      }
      default -> {
        // Time stamps and security labels, which somebody else has asked for.
      }
    }
  }

  void close() {
    descriptors.forEach(Fd::close);
    if (process != null) {
      process.close();
    }
  }

  ReceivedMessage toMessage(MemorySegment payload) throws LinuxException {
    Optional<PidFd> sender = process == null ? Optional.empty() : Optional.of(PidFd.adopt(process));
    return new ReceivedMessage(payload, descriptors, Optional.ofNullable(credentials), sender);
  }
}
