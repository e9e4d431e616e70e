// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.spi;

import dev.luo.linux.Fd;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Saves and rebuilds one kind of file, so that it outlives the process that owns it or the kernel
 * under it.
 *
 * <p>A handler is found by {@link java.util.ServiceLoader} and keyed by its {@link #compatible()
 * compatible string}. The operations below stand in the order in which a file meets them:
 *
 * <table class="striped">
 * <caption>Order, and what a failure means</caption>
 * <thead><tr><th>operation</th><th>order over the files of a session</th><th>may fail</th><th>then</th></tr></thead>
 * <tbody>
 * <tr><td>{@link #preserve}</td><td>the caller's; the handler's FLBs first</td><td>yes</td>
 *     <td>FLBs taken for this file are given back, the file is not tracked</td></tr>
 * <tr><td>{@link #freeze}</td><td>oldest first</td><td>yes</td>
 *     <td>files frozen before it are unfrozen, the update is cancelled, the predecessor goes on</td></tr>
 * <tr><td>{@link #unfreeze}</td><td>oldest first; sessions in reverse</td><td>no</td><td></td></tr>
 * <tr><td>{@link #unpreserve}</td><td>newest first, then its FLBs in reverse</td><td>no</td><td></td></tr>
 * <tr><td>{@link #stage}</td><td>any, before the freeze</td><td>yes</td><td>the file is retrieved without it</td></tr>
 * <tr><td>{@link #retrieve}</td><td>any</td><td>yes</td>
 *     <td>the failure is remembered and answered again; nothing is lost</td></tr>
 * <tr><td>{@link #resume}</td><td>oldest first, after the point of no return</td><td>no</td><td></td></tr>
 * <tr><td>{@link #verify}</td><td>any, after retrieve</td><td>yes</td><td>the session is not finished</td></tr>
 * <tr><td>{@link #canFinish}</td><td>oldest first, all before any finish</td><td>answers</td>
 *     <td>one <em>no</em>: nothing is finished</td></tr>
 * <tr><td>{@link #finish}</td><td>newest first, then its FLBs in reverse</td><td>no</td><td></td></tr>
 * </tbody>
 * </table>
 *
 * <h2>What a handler may rely on, and what it owes</h2>
 *
 * <ul>
 *   <li><b>No state of its own.</b> One instance serves all files, in no particular thread.
 *       Whatever is needed later is the run-time value {@code R}, the handle, or handover memory;
 *       never a field and never a static. The successor has a new instance that has seen nothing.
 *   <li><b>Calls for one file never overlap</b> and see each other's effects; calls for different
 *       files may overlap. {@code freeze}, {@code unfreeze} and {@code retrieve} run on a platform
 *       thread.
 *   <li><b>A context is valid during the call it was given to</b>; used later it throws {@link
 *       IllegalStateException}. So do the descriptors it lends.
 *   <li><b>Descriptors from a context are lent</b>: closing one ends the view and never the
 *       descriptor.
 *   <li><b>An interrupt is the caller's.</b> A callback that is interrupted fails and leaves the
 *       flag set; it neither clears nor ignores it.
 *   <li><b>A deadline is a promise, not a threat</b>: nobody can stop native code. A freeze that
 *       overruns is undone when it returns, and the update refused.
 *   <li><b>A checked exception</b> is the operation's failure and triggers roll-back. An {@link
 *       IOException} counts with the errno of a {@link dev.luo.linux.LinuxException}, or EIO. A
 *       {@link RuntimeException} counts as a failure too and is reported as a bug of the handler.
 * </ul>
 *
 * <p>The rules LUO-HDL-01 and following of {@code docs/specification.md} say the same in checkable
 * sentences.
 *
 * @param <R> what the predecessor's process needs later and the successor never sees; {@link Void}
 *     where there is nothing
 * @see <a
 *     href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/linux/liveupdate.h">Linux,
 *     struct liveupdate_file_ops</a>
 */
public interface FileHandler<R extends @Nullable Object> {

  // ---------------------------------------------------------------- selection

  /**
   * Names the format of the records that {@link #preserve} writes, with its version. The string
   * never changes its meaning: a changed format is a new string beside the old one.
   *
   * @return the same value at every call
   */
  Compatible compatible();

  /**
   * Lists the formats that {@link #retrieve} understands, so that version N takes over from N−1.
   *
   * @return a set that contains {@link #compatible()}
   * @implSpec Returns {@link #compatible()} alone.
   */
  default Set<Compatible> accepts() {
    return Set.of(compatible());
  }

  /**
   * Lists the formats that {@link #preserve} is able to write, so that an older program can take
   * over again. Which one is wanted stands in {@link OutgoingContext#compatible()}.
   *
   * @return a set that contains {@link #compatible()}
   * @implSpec Returns {@link #compatible()} alone.
   */
  default Set<Compatible> writes() {
    return Set.of(compatible());
  }

  /**
   * Lists the shared states that every file of this handler stands on. They are preserved, in this
   * order, before the first file, and released in reverse after the last.
   *
   * @return the same FLB objects, in the same order, at every call. Handlers that share a state
   *     name one and the same object, a constant
   * @implSpec Returns none.
   */
  default List<FileLifecycleBound<?>> dependencies() {
    return List.of();
  }

  /**
   * Lists the shared states that files of an older format stand on, as they were when it was
   * written.
   *
   * @param format one of {@link #accepts()}
   * @return a part of what {@link #dependencies()} lists, or all of it
   * @implSpec Returns {@link #dependencies()}.
   */
  default List<FileLifecycleBound<?>> dependencies(Compatible format) {
    return dependencies();
  }

  /**
   * Says what makes two descriptors the same thing, since one thing is preserved only once.
   *
   * @implSpec Returns {@link IdentityScope#OPEN_FILE}.
   */
  default IdentityScope identityScope() {
    return IdentityScope.OPEN_FILE;
  }

  // ---------------------------------------------------------------- predecessor

  /**
   * Answers whether this handler takes the file. Handlers are asked in the order of their
   * registration and the first <em>yes</em> wins, so the answer must be narrow, quick and without
   * side effects; what is wrong with a file of the right kind is said by {@link #preserve}.
   *
   * @param file lent during the call
   */
  boolean canPreserve(Fd file);

  /**
   * Saves the file so that a successor can rebuild it from the returned handle alone.
   *
   * <p>Called once a file while the workload runs, so it may take its time; {@link #freeze} may
   * not. Followed by {@link #unpreserve}, or by {@link #freeze} and the end of this process. If the
   * file is optional and stays behind, the process can end without either: what this changed
   * outside of it then stays (LUO-HDL-88).
   *
   * @return the handle to hand over, and what only this process needs
   * @throws LuoException if the file cannot be saved. The handler has then put back whatever it
   *     changed outside of luo; memory allocated and descriptors carried during the call are
   *     released by luo
   * @throws IOException as {@code LuoException}
   */
  Preserved<R> preserve(OutgoingContext context) throws LuoException, IOException;

  /**
   * Undoes {@link #preserve}: the file is an ordinary one again. Handover memory and carried
   * descriptors of the file are released by luo afterwards.
   *
   * @param context with the current handle, as {@code freeze} may have replaced it
   */
  void unpreserve(PreservedContext<R> context);

  /**
   * Records what could not be known earlier, as the last act before ownership passes. The workload
   * has been paused. This is inside the blackout: no waiting, no allocation worth the name.
   *
   * <p>Followed by {@link #unfreeze} if the update is cancelled, and then perhaps by another {@code
   * freeze}. If this fails for an optional file, the update may succeed without it: nothing is
   * called for it any more (LUO-HDL-88).
   *
   * @return the handle that crosses: the old one, or a new one that replaces it. Who replaces it
   *     frees the old allocation here, as the last thing that can fail has then succeeded
   * @throws LuoException if the file cannot cross now. The handler has then undone what this call
   *     did outside of luo, and {@code unfreeze} is not called for this file; what the call
   *     allocated and carried is released by luo
   * @throws IOException as {@code LuoException}
   * @implSpec Keeps the handle.
   */
  default Handle freeze(FreezeContext<R> context) throws LuoException, IOException {
    return context.handle();
  }

  /**
   * Undoes {@link #freeze}: the workload is about to run again in this process. The handle stays as
   * {@code freeze} left it.
   *
   * @param cause whether a successor may have touched the file meanwhile
   * @implSpec Does nothing.
   */
  default void unfreeze(PreservedContext<R> context, ThawCause cause) {}

  // ---------------------------------------------------------------- successor

  /**
   * Prepares for {@link #retrieve} while the predecessor still runs: maps, prefaults, checks.
   *
   * <p>It must have no effect that anybody outside this process can see, since the predecessor goes
   * on using the file and may change, freeze or drop it. It sees its own record only, not the files
   * it refers to. It may be called never, once, or several times; of several results the last
   * counts. A failure is reported and costs nothing but the head start.
   *
   * @return what {@code retrieve} finds as {@link IncomingContext#staged}. If it is {@link
   *     AutoCloseable} and no {@code retrieve} takes it over, luo closes it. {@code null} for
   *     nothing
   * @throws LuoException if there is nothing to prepare or the record is not acceptable
   * @throws IOException as {@code LuoException}
   * @implSpec Prepares nothing.
   */
  default @Nullable Object stage(StagingContext context) throws LuoException, IOException {
    return null;
  }

  /**
   * Rebuilds the file from the handle, the handover memory and the carried descriptors; nothing
   * else crossed. The workload stands still. The predecessor may still get everything back, so
   * whatever this changes outside the process must be something that its {@code unfreeze} can put
   * right; what is not waits for {@link #resume}.
   *
   * <p>Called at most once a file and process unless the first attempt failed and the embedder asks
   * for another one. The record is to be trusted in nothing: lengths, counts, slots and tokens are
   * checked before they are used.
   *
   * @return the file, and how true to the original it is
   * @throws LuoException if it cannot be rebuilt. All carried descriptors and the record are still
   *     there
   * @throws IOException as {@code LuoException}
   */
  Restored retrieve(IncomingContext context) throws LuoException, IOException;

  /**
   * Lets the file run again: the successor's counterpart of {@code unfreeze}. Called once for each
   * file that was retrieved, when there is no way back any more and before the workload's first
   * instruction, so it is inside the blackout. A file that is retrieved later is resumed straight
   * after its retrieve. What goes wrong is said by {@link IncomingRecord#note}.
   *
   * @implSpec Does nothing.
   */
  default void resume(RestoredContext context) {}

  /**
   * Compares the restored file with its record, at leisure: after the first access, outside the
   * blackout, before the session is finished.
   *
   * @throws LuoException if the file is not what was preserved; the session is then not finished
   * @throws IOException as {@code LuoException}
   * @implSpec Compares nothing.
   */
  default void verify(RestoredContext context) throws LuoException, IOException {}

  /**
   * Answers whether the record may be given up. Asked for every file, also for those never
   * retrieved, before any of the session is finished.
   *
   * @implSpec Agrees.
   */
  default boolean canFinish(FinishContext context) {
    return true;
  }

  /**
   * Gives up what the predecessor left. Called exactly once a file, retrieved or not; afterwards
   * luo drops the carried descriptors and, with the last file, the incoming memory.
   */
  void finish(FinishContext context);
}
