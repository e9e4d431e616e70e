// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import dev.luo.core.internal.handover.guardian.GuardianLink;
import dev.luo.core.internal.session.Arrival;
import java.util.Optional;

/**
 * What luo found where it was opened.
 *
 * @param arrival what was handed over
 * @param guardian who watches whether this process comes up
 * @param openedAt when the opening began, as {@link System#nanoTime}
 * @param whenClosed run when luo is closed
 */
record Surroundings(
    Optional<Arrival> arrival,
    Optional<GuardianLink> guardian,
    long openedAt,
    Runnable whenClosed) {}
