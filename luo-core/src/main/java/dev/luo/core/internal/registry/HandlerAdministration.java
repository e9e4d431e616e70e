// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import dev.luo.core.HandlerStatus;
import dev.luo.core.Handlers;
import dev.luo.core.NoHandlerException;
import dev.luo.core.internal.registry.HandlerRegistry.ArrivedFiles;
import dev.luo.spi.Compatible;
import java.util.List;
import java.util.TreeSet;

/** Shows and switches the handlers of a registry. Thread-safe. */
public final class HandlerAdministration implements Handlers {

  private final HandlerRegistry registry;
  private final ArrivedFiles arrived;

  /** Looks at nothing yet. */
  public HandlerAdministration(HandlerRegistry registry, ArrivedFiles arrived) {
    this.registry = registry;
    this.arrived = arrived;
  }

  @Override
  public List<HandlerStatus> list() {
    return registry.all().stream().map(this::status).toList();
  }

  private HandlerStatus status(RegisteredHandler<?> handler) {
    return new HandlerStatus(
        handler.name(),
        handler.compatible(),
        handler.format(),
        handler.accepts(),
        handler.writes(),
        !handler.use().isSwitchedOff(),
        handler.use().preserved(),
        arrived.unfinished(handler.accepts()),
        handler.quota().used());
  }

  @Override
  public void switchOff(Compatible compatible) throws NoHandlerException {
    registered(compatible).use().switchOff(true);
  }

  @Override
  public void switchOn(Compatible compatible) throws NoHandlerException {
    registered(compatible).use().switchOff(false);
  }

  private RegisteredHandler<?> registered(Compatible compatible) throws NoHandlerException {
    TreeSet<Compatible> registered = new TreeSet<>();
    for (RegisteredHandler<?> handler : registry.all()) {
      if (handler.compatible().equals(compatible)) {
        return handler;
      }
      registered.add(handler.compatible());
    }
    throw NoHandlerException.forSwitch(compatible, registered);
  }
}
