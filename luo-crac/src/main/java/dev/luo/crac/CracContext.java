// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.crac;

import dev.luo.core.Freshness;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.Participant;
import dev.luo.core.ParticipantScope;
import dev.luo.spi.Deadline;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.crac.CheckpointException;
import org.crac.Context;
import org.crac.Resource;
import org.crac.RestoreException;

/**
 * A context whose resources are told of live updates as of checkpoints. Thread-safe.
 *
 * <pre>{@code
 * CracContext crac = new CracContext();
 * LiveUpdate luo = LiveUpdate.open(Options.crossings(Crossing.EXEC).refreshing(crac.freshness()));
 * luo.join(crac.participant());
 * pool.register(crac); // whatever takes an org.crac.Context
 * }</pre>
 *
 * <ul>
 *   <li>{@code beforeCheckpoint} is called while the update pauses the workload, the last to be
 *       registered first. All are called, whatever becomes of one; if one failed, the update is
 *       refused, with a {@link CheckpointException} behind it that has what they threw as
 *       suppressed exceptions.
 *   <li>{@code afterRestore} is called if the update is refused, in the predecessor, and otherwise
 *       by {@link LiveUpdate#resumed()} in the successor: there for what registered <em>there</em>,
 *       as objects do not cross. The first to be registered is first.
 * </ul>
 *
 * <p>As {@code org.crac} has it, a resource is referred to weakly: whoever registers it keeps it.
 *
 * <p>What is registered with {@link org.crac.Core#getGlobalContext()} is not reached: on a JDK
 * without checkpoints that context forgets what it is given. A library has to let its context be
 * named.
 */
public final class CracContext extends Context<Resource> {

  private static final String NAME = "org.crac";

  private final List<WeakReference<Resource>> resources = new ArrayList<>();

  /** Creates a context without resources. */
  public CracContext() {}

  @Override
  public synchronized void register(Resource resource) {
    resources.removeIf(known -> known.refersTo(null));
    if (resources.stream().noneMatch(known -> known.refersTo(resource))) {
      resources.add(new WeakReference<>(resource));
    }
  }

  private synchronized List<Resource> registered() {
    List<Resource> all = new ArrayList<>();
    for (WeakReference<Resource> known : resources) {
      Resource resource = known.get();
      if (resource != null) {
        all.add(resource);
      }
    }
    return all;
  }

  /**
   * Tells every resource that the workload is about to stand still, the last to be registered
   * first.
   *
   * @throws CheckpointException with what they threw, if any did
   */
  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) throws CheckpointException {
    CheckpointException failures = new CheckpointException();
    for (Resource resource : registered().reversed()) {
      try {
        resource.beforeCheckpoint(this);
      } catch (Exception e) {
        add(failures, e, e instanceof CheckpointException);
      }
    }
    if (failures.getSuppressed().length > 0) {
      throw failures;
    }
  }

  /**
   * Tells every resource that it goes on, here or after a predecessor; the first to be registered
   * first.
   *
   * @throws RestoreException with what they threw, if any did
   */
  @Override
  public void afterRestore(Context<? extends Resource> context) throws RestoreException {
    RestoreException failures = new RestoreException();
    for (Resource resource : registered()) {
      try {
        resource.afterRestore(this);
      } catch (Exception e) {
        add(failures, e, e instanceof RestoreException);
      }
    }
    if (failures.getSuppressed().length > 0) {
      throw failures;
    }
  }

  /** What a context inside this one has collected is taken over one by one. */
  private static void add(Exception failures, Exception failure, boolean collected) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (collected && failure.getMessage() == null) {
      for (Throwable each : failure.getSuppressed()) {
        failures.addSuppressed(each);
      }
    } else {
      failures.addSuppressed(failure);
    }
  }

  /** Returns what is to {@linkplain LiveUpdate#join join} the updates of this process. */
  public Participant participant() {
    return new Participant() {
      @Override
      public String name() {
        return NAME;
      }

      @Override
      public void preserve(ParticipantScope scope) {}

      @Override
      public void pause(Deadline deadline) throws CheckpointException {
        beforeCheckpoint(CracContext.this);
      }

      @Override
      public void resume() {
        try {
          afterRestore(CracContext.this);
        } catch (RestoreException e) {
          throw new IllegalStateException("resources could not go on after a refused update", e);
        }
      }
    };
  }

  /** Returns what is to {@linkplain Options#refreshing refresh} a successor. */
  public Freshness freshness() {
    return lapse -> afterRestore(this);
  }
}
