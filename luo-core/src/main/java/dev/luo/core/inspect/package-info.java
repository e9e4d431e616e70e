// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Looking at images without using them: what stands in one, and what is wrong with it and where.
 *
 * <p>The happy path: {@link ImageInspection#of(java.nio.file.Path)}, or one of its siblings, then
 * {@link ImageInspection#findings()}, {@link ImageInspection#toString()} or {@link
 * ImageInspection#toJson()}.
 *
 * <p>There are no unhappy paths: whatever the bytes are, and even if they cannot be read, there is
 * an inspection that says so. Nothing is written, claimed or changed, no handler is called, and the
 * image may be in use meanwhile. No locks are taken.
 */
@NullMarked
package dev.luo.core.inspect;

import org.jspecify.annotations.NullMarked;
