// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Which handlers there are, and which of them is responsible.
 *
 * <ol>
 *   <li>{@link dev.luo.core.internal.registry.HandlerDiscovery} finds handlers by {@link
 *       java.util.ServiceLoader}, on module path and class path, with an explicit class loader.
 *   <li>{@link dev.luo.core.internal.registry.HandlerRegistry} asks each once what it writes,
 *       accepts and depends on, and refuses what would be ambiguous later (LUO-REG-03, LUO-REG-14,
 *       LUO-FLB-06).
 *   <li>What it said, what the embedder said of it and how many files hold it is a {@link
 *       dev.luo.core.internal.registry.RegisteredHandler} from then on. Who writes which format is
 *       decided here, by the formats that the embedder wants.
 *   <li>On the way out the first handler that can preserve a file gets it, in the order of
 *       registration (LUO-FIL-07). On the way in the record's compatible string decides
 *       (LUO-REG-15).
 * </ol>
 *
 * <p>Unhappy: a handler whose class cannot be loaded, or that throws while it describes itself,
 * fails the opening of luo and names its class; it is not skipped, since files of its kind would be
 * lost silently.
 *
 * <p>A handler that files need is not unregistered (LUO-REG-10), except by a strict luo: then its
 * FLBs leave with it, and these files keep the handler.
 *
 * <p>Lock order: registration is serialised; whoever looks something up needs no lock.
 */
@NullMarked
package dev.luo.core.internal.registry;

import org.jspecify.annotations.NullMarked;
