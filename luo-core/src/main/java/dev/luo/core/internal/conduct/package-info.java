// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Where luo deviates from the kernel's orchestrator, all on one page: {@link
 * dev.luo.core.internal.conduct.Conduct}. Whoever could do as the kernel does or better asks it.
 */
@NullMarked
package dev.luo.core.internal.conduct;

import org.jspecify.annotations.NullMarked;
