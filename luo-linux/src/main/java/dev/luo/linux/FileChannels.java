// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import dev.luo.linux.internal.JdkInternals;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.util.Optional;

/**
 * Turns descriptors of files into {@link FileChannel}s of the JDK, and back.
 *
 * <p>{@link #reopen} works in any JVM. The others need {@code
 * --add-opens=java.base/sun.nio.ch=dev.luo.linux --add-opens=java.base/java.io=dev.luo.linux} (or
 * {@code ALL-UNNAMED} on the class path), and say so if that is missing.
 */
public final class FileChannels {
  private FileChannels() {}

  /**
   * Opens the file of a descriptor anew, through /proc.
   *
   * <p>The channel has an open file description of its own: position and flags are not shared with
   * the descriptor, which stays as it is and with its owner.
   *
   * @param file a regular file, memfd, FIFO or device
   * @param options as for {@link FileChannel#open}
   * @return the channel, to be closed by the caller
   * @throws IOException if the file cannot be opened so; sockets and anonymous inodes never can
   */
  public static FileChannel reopen(Fd file, OpenOption... options) throws IOException {
    try (Fd.Hold held = file.hold()) {
      return FileChannel.open(ProcFs.path(held.number()), options);
    }
  }

  /**
   * Makes a channel of a descriptor, with position and flags as they are. The channel takes its
   * place: if the method succeeds, {@code file} is closed. If it fails, {@code file} stays as it
   * was.
   *
   * @param file what to take over, owned
   * @return the channel, on a descriptor of its own of the same open file description, readable and
   *     writable as that is
   * @throws JdkAccessException if the JDK does not let this module do so
   * @throws LinuxException EBADF if the number is not open
   * @throws IllegalStateException if {@code file} has ended
   */
  public static FileChannel adopt(Fd file) throws IOException {
    requireAccess();
    StatusFlags flags = file.statusFlags();
    // The channel gets a duplicate: should anything fail, the file is still what it was.
    try (Fd duplicate = file.duplicate()) {
      FileChannel channel =
          JdkInternals.fileChannel(
              duplicate.number(), file.target(), flags.isReadable(), flags.isWritable());
      int _ = duplicate.release(); // the channel has it
      file.close();
      return channel;
    } catch (ReflectiveOperationException changed) {
      throw new JdkAccessException(changed);
    }
  }

  /**
   * Makes a descriptor of a channel's open file description. The channel keeps its own.
   *
   * @param channel an open channel of the JDK
   * @return the new descriptor, owned by the caller
   * @throws JdkAccessException if the JDK does not let this module do so
   * @throws ClosedChannelException if the channel is closed
   */
  public static Fd duplicate(FileChannel channel) throws IOException {
    requireAccess();
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    try {
      return Fd.borrow(JdkInternals.numberOfFile(channel)).duplicate();
    } catch (ReflectiveOperationException changed) {
      throw new JdkAccessException(changed);
    }
  }

  private static void requireAccess() throws JdkAccessException {
    Optional<String> missing = JdkInternals.missingOption();
    if (missing.isPresent()) {
      throw new JdkAccessException(missing.get());
    }
  }
}
