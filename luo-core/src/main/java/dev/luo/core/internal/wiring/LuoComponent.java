// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dagger.Binds;
import dagger.BindsInstance;
import dagger.Component;
import dagger.Module;
import dagger.Provides;
import dev.luo.core.Options;
import dev.luo.core.internal.callback.CallObserver;
import dev.luo.core.internal.callback.Callbacks;
import dev.luo.core.internal.file.IdentityMap;
import dev.luo.core.internal.observe.Observation;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.report.CallTimes;
import dev.luo.core.internal.session.Arrival;
import dev.luo.core.internal.session.Generation;
import dev.luo.core.internal.session.Incoming;
import dev.luo.core.internal.session.OutgoingSessions;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The object graph of one open luo. */
@Singleton
@Component(modules = LuoComponent.IncomingModule.class)
interface LuoComponent {

  Orchestrator orchestrator();

  /** What the graph starts from. */
  @Component.Factory
  interface Factory {
    LuoComponent create(
        @BindsInstance Options options,
        @BindsInstance HandlerRegistry registry,
        @BindsInstance Surroundings surroundings);
  }

  /** What no constructor tells: who looks on, and whether something was handed over. */
  @Module
  abstract class IncomingModule {

    @Binds
    abstract CallObserver observer(Observation observation);

    @Provides
    static Generation generation(Surroundings surroundings) {
      return surroundings.arrival().map(Arrival::generation).orElseGet(() -> new Generation(0));
    }

    @Provides
    @Singleton
    static Optional<Incoming> incoming(
        Surroundings surroundings,
        Callbacks callbacks,
        HandlerRegistry registry,
        IdentityMap identities,
        OutgoingSessions outgoing,
        Options options,
        CallTimes times,
        Observation observation) {
      return surroundings
          .arrival()
          .map(arrival ->
              new Incoming(
                  arrival,
                  callbacks,
                  registry,
                  identities,
                  outgoing,
                  options,
                  times,
                  observation,
                  surroundings.openedAt()));
    }
  }
}
