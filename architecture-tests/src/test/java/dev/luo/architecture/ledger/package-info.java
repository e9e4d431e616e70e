// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Holds the rules of the specification against the tests that name them.
 *
 * <ol>
 *   <li>{@link dev.luo.architecture.ledger.Rule} is a line of {@code docs/specification.md}.
 *   <li>{@link dev.luo.architecture.ledger.TestMethod} is a method whose name begins with ids of
 *       rules, found in the compiled tests of every module.
 *   <li>{@link dev.luo.architecture.ledger.LedgerEntry} is a line of {@code docs/ledger.md}: rules
 *       that no test of this version shows, and why.
 *   <li>{@link dev.luo.architecture.ledger.Ledger} compares the three and counts.
 * </ol>
 */
@NullMarked
package dev.luo.architecture.ledger;

import org.jspecify.annotations.NullMarked;
