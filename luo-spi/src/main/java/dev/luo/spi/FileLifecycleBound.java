// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;

/**
 * State shared by several files ("FLB"): saved with the first of them, released with the last. A
 * handler names the FLBs its files stand on in {@link FileHandler#dependencies()}; several handlers
 * may name the same object, and their files then count together, over all sessions.
 *
 * <p>{@code preserve} runs before the first file's own, {@code unpreserve} after the last file's
 * own. There is no freeze: what is in the allocation behind {@link Shared#handle} when the workload
 * is frozen is what crosses. In the successor {@code retrieve} runs when somebody first asks, at
 * the latest before {@code finish}, which follows the last dependent file's own. Calls for one FLB
 * never overlap, but calls for the files that stand on it may, so the live object is thread-safe.
 *
 * @param <T> the live object that handlers and embedders use
 * @see <a
 *     href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/kernel/liveupdate/luo_flb.c">Linux
 *     luo_flb.c</a>
 */
public interface FileLifecycleBound<T> {

  /** Names the format of the shared record, with its version. */
  Compatible compatible();

  /**
   * Lists the formats that {@link #retrieve} understands.
   *
   * @implSpec Returns {@link #compatible()} alone.
   */
  default Set<Compatible> accepts() {
    return Set.of(compatible());
  }

  /**
   * Saves the state, as the first file that stands on it is being preserved.
   *
   * @throws LuoException if it cannot; that file is then not preserved either
   * @throws IOException as {@code LuoException}
   */
  Shared<T> preserve(FlbOutgoing context) throws LuoException, IOException;

  /** Undoes {@link #preserve}, after the last file that stood on the state is gone. */
  void unpreserve(FlbOutgoing context, Shared<T> shared);

  /**
   * Rebuilds the live object.
   *
   * @throws LuoException if it cannot; remembered, and answered to everybody who asks again
   * @throws IOException as {@code LuoException}
   */
  T retrieve(FlbIncoming context) throws LuoException, IOException;

  /**
   * Gives the state up, after the last file that stood on it is finished. Not called if retrieve
   * failed.
   */
  void finish(FlbIncoming context, Shared<T> shared);

  /**
   * A saved state.
   *
   * @param handle what crosses
   * @param live what this process uses
   */
  record Shared<T>(Handle handle, T live) {

    /** Checks that both are there. */
    public Shared {
      Objects.requireNonNull(handle, "handle");
      Objects.requireNonNull(live, "live");
    }
  }
}
