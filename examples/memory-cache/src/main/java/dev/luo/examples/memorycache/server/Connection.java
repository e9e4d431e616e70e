// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.server;

import dev.luo.examples.memorycache.protocol.ByteQueue;
import dev.luo.examples.memorycache.protocol.Conversation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A client's socket and the conversation held over it. There is nothing else to a connection:
 * whoever has the descriptor and {@link Conversation#state} can go on with it.
 */
final class Connection {
  private static final int READ_AT_ONCE = 16 * 1024;

  /** How much a client may still say while its connection is closed in order. */
  private static final int LAST_WORDS = 4 * 1024 * 1024;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Conversation conversation;
  private boolean clientIsDone;
  private boolean unanswered;
  private long lastActive = System.nanoTime();

  Connection(SocketChannel channel, SelectionKey key, Conversation conversation) {
    this.channel = channel;
    this.key = key;
    this.conversation = conversation;
  }

  /** Moves what can be moved now, in both directions. Returns whether the connection goes on. */
  boolean serve() throws IOException {
    lastActive = System.nanoTime();
    if (key.isReadable()) {
      read();
    }
    // One round only: what is left waits for the next turn, so that no client holds up the others.
    answerAndSend();
    boolean sends = !isSettled();
    boolean reads = conversation.wantsInput() && !clientIsDone;
    key.interestOps((sends ? SelectionKey.OP_WRITE : 0) | (reads ? SelectionKey.OP_READ : 0));
    return sends || reads;
  }

  /** Takes what the client has sent so far, answers it, and sends what the socket accepts. */
  void hearLastWords() throws IOException {
    int heard = 0;
    int count;
    do {
      count = conversation.wantsInput() && !clientIsDone ? read() : 0;
      heard += count;
      answerAndSend();
    } while (count > 0 && heard < LAST_WORDS);
    key.interestOps(SelectionKey.OP_WRITE);
  }

  /** Answers and sends some more, without listening any further. */
  void answerAndSend() throws IOException {
    unanswered = conversation.proceed();
    ByteQueue output = conversation.output();
    while (!output.isEmpty()) {
      int count = channel.write(output.waiting());
      if (count == 0) {
        break;
      }
      output.consume(count);
    }
  }

  /** Returns whether all that was completely asked is answered and sent. */
  boolean isSettled() {
    return conversation.output().isEmpty() && !unanswered;
  }

  long lastActive() {
    return lastActive;
  }

  /** Closes after what was sent: the client reads all answers, then the end. */
  void close() throws IOException {
    try (channel) {
      if (!clientIsDone) {
        channel.shutdownOutput();
      }
    }
  }

  private int read() throws IOException {
    ByteQueue input = conversation.input();
    ByteBuffer room = input.room(Math.max(conversation.missing(), READ_AT_ONCE));
    int count = channel.read(room);
    clientIsDone = count < 0;
    input.appended(Math.max(0, count));
    return count;
  }
}
