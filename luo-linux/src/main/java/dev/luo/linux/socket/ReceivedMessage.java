// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import dev.luo.linux.Fd;
import dev.luo.linux.process.PidFd;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * What arrived.
 *
 * <p>The descriptors belong to the receiver, who either closes the message and with it all of them,
 * or keeps them and closes each in time.
 *
 * @param payload the part of the receiver's buffer that was filled; empty at the end of a
 *     connection
 * @param descriptors what came with it, in the order of sending
 * @param credentials the process that sent it, if the socket has {@link
 *     SocketOption#PASS_CREDENTIALS}
 * @param process the process that sent it, if the socket has {@link SocketOption#PASS_PIDFD}
 */
public record ReceivedMessage(
    MemorySegment payload,
    List<Fd> descriptors,
    Optional<PeerCredentials> credentials,
    Optional<PidFd> process)
    implements AutoCloseable {
  /** Copies the list. */
  public ReceivedMessage {
    descriptors = List.copyOf(descriptors);
  }

  /**
   * Tells whether nothing arrived, which on a connection means that the other side has ended it. A
   * message without bytes and descriptors looks the same, so better send none.
   *
   * @return true if there are neither bytes nor descriptors
   */
  public boolean isEnd() {
    return payload.byteSize() == 0 && descriptors.isEmpty();
  }

  /** Closes all descriptors, that of the process among them. */
  @Override
  public void close() {
    descriptors.forEach(Fd::close);
    process.ifPresent(PidFd::close);
  }
}
