// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.inspect;

import dev.luo.core.Importance;
import dev.luo.spi.Compatible;
import dev.luo.spi.Handle;
import dev.luo.spi.Token;

/**
 * A file in an image.
 *
 * @param token the caller's name for it
 * @param compatible the format of its record; {@code ?} if it cannot be read
 * @param handle as the handler left it
 * @param frozen whether the handler's {@code freeze} had completed the record
 * @param importance whether its session can do without it
 */
public record InspectedFile(
    Token token, Compatible compatible, Handle handle, boolean frozen, Importance importance) {}
