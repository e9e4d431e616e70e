// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.session;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.image.EqualTokens;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.Image;
import dev.luo.core.internal.image.ImageReader;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.core.internal.registry.HandlerRegistry;
import java.lang.foreign.MemorySegment;

/**
 * What an opening demands of the image that it finds: to be in order, and if the conduct says so,
 * that there is a handler for every file of it.
 */
public final class Intake {

  private final Conduct conduct;
  private final HandlerRegistry registry;

  /** Prepares for an image. */
  public Intake(Conduct conduct, HandlerRegistry registry) {
    this.conduct = conduct;
    this.registry = registry;
  }

  /**
   * Reads an image.
   *
   * @param memory handover memory, mapped from its beginning
   * @throws ImageRefusedException if it does not meet the demands; nothing has been changed
   */
  Image read(MemorySegment memory) throws ImageRefusedException {
    Image image =
        ImageReader.read(
            memory, conduct.refusesEqualTokens() ? EqualTokens.REFUSED : EqualTokens.ACCEPTED);
    if (!conduct.opensWithoutHandler()) {
      for (SessionEntry session : image.content().sessions()) {
        requireHandlers(session);
      }
    }
    return image;
  }

  private void requireHandlers(SessionEntry session) throws ImageRefusedException {
    for (FileEntry file : session.files()) {
      if (registry.accepting(file.compatible()).isEmpty()) {
        throw new ImageRefusedException(
            "session \"" + session.name() + '"',
            "token "
                + file.token()
                + " needs a handler for "
                + file.compatible()
                + "; available are "
                + registry.accepted());
      }
    }
  }

  /** Returns a refusal as whoever opens luo sees it (LUO-DEV-07). */
  public ImageRefusedException seen(ImageRefusedException refusal) {
    return refusal.errno().equals(conduct.refusedImage())
        ? refusal
        : new ImageRefusedException(refusal, conduct.refusedImage());
  }
}
