// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * A second process that makes sure that somebody owns what is handed over, whatever becomes of the
 * successor.
 *
 * <p>There are three sides. {@link dev.luo.core.internal.handover.guardian.GuardianProcess} is what
 * the predecessor sees of it: start, arm, dismiss. {@link
 * dev.luo.core.internal.handover.guardian.Guardian} is the program itself, a small JVM. {@link
 * dev.luo.core.internal.handover.guardian.GuardianLink} is what the successor inherits, to stand it
 * down. They speak {@link dev.luo.core.internal.handover.guardian.GuardianMessage}s over a socket
 * that {@code execve} leaves open.
 *
 * <p>The states of the guardian:
 *
 * <pre>
 * started ── Ready ──▶ idle ── Carry* ──▶ laden ── Arm ──▶ armed ── StandDown ──▶ ends
 *    │                  │                   │                │
 *    └── link closed, or the watched process has ended: ends ├── it has ended ─────┐
 *                                                            └── deadline: kills   │
 *                                                                it, and waits ────┤
 *                                                                                  ▼
 *                                         old numbers, then execve of the old program
 * </pre>
 *
 * <p>The one rule above all: it touches nothing before the process it watches has ended. A pidfd
 * tells, which goes on to mean the same process over {@code execve} and cannot mean another one
 * later. If that process cannot be killed, the guardian waits, for as long as it takes.
 */
@NullMarked
package dev.luo.core.internal.handover.guardian;

import org.jspecify.annotations.NullMarked;
