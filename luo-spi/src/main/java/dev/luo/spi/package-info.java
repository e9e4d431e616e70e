// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * What the author of a file handler sees: implement {@link dev.luo.spi.FileHandler}, and luo
 * carries files of that kind over a replaced process or a replaced kernel.
 *
 * <p>Read {@link dev.luo.spi.FileHandler} downwards: its operations stand in the order in which a
 * file lives through them, in the predecessor first and then in the successor. Around it are
 *
 * <ul>
 *   <li>a <em>context</em> for each moment ({@link dev.luo.spi.OutgoingContext}, {@link
 *       dev.luo.spi.FreezeContext}, {@link dev.luo.spi.PreservedContext}, {@link
 *       dev.luo.spi.StagingContext}, {@link dev.luo.spi.IncomingContext}, {@link
 *       dev.luo.spi.RestoredContext}, {@link dev.luo.spi.FinishContext}), which shows what exists
 *       at that moment and nothing else;
 *   <li><em>handover memory</em> ({@link dev.luo.spi.HandoverMemory} to write, {@link
 *       dev.luo.spi.IncomingMemory} to read), the only bytes that cross;
 *   <li>values: {@link dev.luo.spi.Token}, {@link dev.luo.spi.Handle}, {@link dev.luo.spi.Slot} and
 *       {@link dev.luo.spi.Compatible}, which are never bare numbers or strings;
 *   <li>{@link dev.luo.spi.FileLifecycleBound}, state shared by several files;
 *   <li>{@link dev.luo.spi.LuoException}, the one checked exception of all of luo.
 * </ul>
 *
 * <p>Two kinds of types age differently. Those that handlers <em>implement</em> ({@code
 * FileHandler}, {@code FileLifecycleBound}) gain default methods only. Those that luo <em>hands
 * in</em> (every context, both memories, {@code Retrieval}) may gain any method: a handler calls
 * them and never implements them.
 */
@NullMarked
package dev.luo.spi;

import org.jspecify.annotations.NullMarked;
