// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import dev.luo.core.HandlerFailedException.Step;
import dev.luo.linux.Errno;
import dev.luo.spi.Compatible;
import dev.luo.spi.Token;
import java.util.Optional;

/**
 * One call into a handler or shared state that has ended. Immutable.
 *
 * @param session of the file; empty where shared state was called for no file's sake
 * @param token of the file
 * @param compatible the format of the record, which tells who was called
 * @param startNanos when it began, as {@link System#nanoTime}
 * @param bytes how much handover memory the file, or the shared state, had afterwards; in the
 *     successor the size of its record
 * @param failure EIO for what has no errno of its own; empty if nothing came out of the call
 */
public record HandlerCall(
    String session,
    Optional<Token> token,
    Compatible compatible,
    Step step,
    long startNanos,
    long durationNanos,
    long bytes,
    Optional<Errno> failure) {}
