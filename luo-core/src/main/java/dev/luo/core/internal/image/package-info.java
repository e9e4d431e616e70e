// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * The serialized state: what a predecessor leaves in handover memory and a successor reads from it.
 *
 * <p>Sessions, files and FLBs stand there in the kernel's own layout, {@code luo-v5}, or on request
 * in that of Linux 6.19, {@code luo-v1}, whose flattened device tree {@code internal.image.fdt}
 * reads and writes; both are always read. What the kernel's layout has no room for stands beside it
 * in extensions. {@code docs/image.md} describes every byte.
 *
 * <p>The happy path:
 *
 * <ol>
 *   <li>{@link ImageWriter#format} prepares page 0 of fresh memory; nothing is published.
 *   <li>{@link ImageWriter#publish} lays the {@link ImageContent} out in pages that nothing refers
 *       to yet, fills the root slot that is not in use, and makes it the current one with one
 *       store.
 *   <li>{@link ImageReader#read} follows that word, checks everything, and answers an {@link
 *       Image}.
 *   <li>{@link Image#claim} tells whoever watches the memory that a successor has opened it.
 *   <li>{@link Image#map} lends the bytes of an allocation to the file that owns it.
 * </ol>
 *
 * <p>One decoder serves two: whatever is wrong it tells its {@link Findings}. For a reader those
 * throw, so the first error is the end; an {@link ImageSurvey} takes them down and goes on behind
 * them, and shows what stands in an image, whole or not. So there is an error in the survey if and
 * only if the reader refuses the image.
 *
 * <p>The unhappy paths:
 *
 * <ol>
 *   <li>The update is called off: {@link ImageWriter#withdraw} clears the word; the next image is
 *       built as if nothing had been.
 *   <li>A byte is wrong: {@link ImageReader#read} refuses the image as a whole, with the place
 *       named.
 *   <li>The bytes of one allocation are wrong: {@link Image#map} refuses that one alone.
 *   <li>A new image is published while one is read: the reader starts again.
 * </ol>
 *
 * <p>Locks: the monitor of {@link ImageWriter}, and no other. Reading takes none.
 *
 * <p>This code runs first thing after an {@code exec}, in a cold virtual machine. Hence the
 * restraint on the path of the reader: no foreign calls, no layouts' var handles, no lambdas, no
 * string built unless something is wrong.
 */
@NullMarked
package dev.luo.core.internal.image;

import org.jspecify.annotations.NullMarked;
