// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.participant;

import dev.luo.core.IncomingImage;
import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.OutgoingSession;
import dev.luo.core.OutsideScopeException;
import dev.luo.core.ParticipantScope;
import dev.luo.spi.LuoException;
import java.util.List;

/** The sessions of one participant. */
final class Scope implements ParticipantScope {

  private final String prefix;
  private final LiveUpdate luo;

  Scope(String participant, LiveUpdate luo) {
    this.prefix = participant + "/";
    this.luo = luo;
  }

  @Override
  public String prefix() {
    return prefix;
  }

  @Override
  public List<String> incoming() {
    List<String> all = luo.incoming().map(IncomingImage::sessions).orElse(List.of());
    return all.stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Override
  public OutgoingSession createSession(String name) throws LuoException {
    return luo.createSession(own(name));
  }

  @Override
  public IncomingSession retrieveSession(String name) throws LuoException {
    return luo.retrieveSession(own(name));
  }

  private String own(String name) throws OutsideScopeException {
    if (!name.startsWith(prefix)) {
      throw new OutsideScopeException(prefix, name);
    }
    return name;
  }
}
