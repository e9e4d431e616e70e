// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.Attachment;
import dev.luo.core.Importance;
import dev.luo.linux.Fd;
import dev.luo.spi.Token;
import org.jspecify.annotations.Nullable;

/**
 * What is to be preserved, and how.
 *
 * @param file of the caller, of which luo makes a descriptor of its own
 * @param renewed the incoming file that has the thing in luo's hands so far and gives it up
 *     afterwards; null if nobody has
 */
public record PreserveRequest(
    Token token,
    Fd file,
    Importance importance,
    Attachment attachment,
    @Nullable IncomingFile renewed) {}
