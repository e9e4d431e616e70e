// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.internal.handover.guardian.GuardianLink;
import dev.luo.linux.Fd;
import java.util.Optional;

/**
 * What a predecessor left to this process.
 *
 * @param image a memfd, owned by whoever has this; nothing is known of what is in it
 * @param nonce what the image's own nonce has to be
 * @param guardian the link to a guardian that waits to be stood down, owned likewise
 */
public record InheritedHandover(Fd image, long nonce, Optional<GuardianLink> guardian) {}
