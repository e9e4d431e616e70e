// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Images that nobody wrote: {@link dev.luo.fuzz.image.BaseImages} are images as luo writes them,
 * {@link dev.luo.fuzz.image.Edits} changes them, {@link dev.luo.fuzz.image.ImageRepair} corrects
 * what the change has broken so that it comes past the checksums, and {@link
 * dev.luo.fuzz.image.ImageProperties} says what holds of whatever is accepted all the same.
 */
@NullMarked
package dev.luo.fuzz.image;

import org.jspecify.annotations.NullMarked;
