// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.ExecFailedException;
import dev.luo.core.FreezeRefusedException;
import dev.luo.core.Successor;
import dev.luo.core.internal.handover.program.CommandFinder;
import dev.luo.linux.LinuxException;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.Exec;
import dev.luo.spi.Deadline;
import dev.luo.spi.LuoException;
import java.time.Duration;
import java.util.List;

/**
 * Replaces this process and hands nothing over: the update of a luo that is switched off
 * (LUO-SER-01). Nothing is tried, frozen or guarded, and no code but luo's is called.
 *
 * <p>Made by one platform thread.
 */
public final class Replacement {

  private Replacement() {}

  /**
   * Replaces this process. Never returns normally.
   *
   * @param flushing how long it may take to write out what is buffered
   * @throws ExecFailedException if the system refuses; nothing has changed
   * @throws FreezeRefusedException if a stream cannot be flushed in time
   * @throws LuoException if the successor's program is not to be found
   */
  public static void run(Successor successor, Duration flushing) throws LuoException {
    Command command = CommandFinder.of(successor);
    new Flushing(List.of(), flushing).within(Deadline.after(flushing));
    try (DescriptorSweep _ = DescriptorSweep.keep(List.of())) {
      Exec.replace(command, ExecUpdate.KEPT_IGNORED);
      throw new AssertionError("execve returned without an error");
    } catch (LinuxException failure) {
      throw ExecUpdate.failed(command, failure);
    }
  }
}
