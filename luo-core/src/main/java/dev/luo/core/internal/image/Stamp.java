// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

/**
 * When an image was completed, by two clocks.
 *
 * @param monotonicNanos CLOCK_MONOTONIC, for durations within one boot
 * @param realtimeNanos CLOCK_REALTIME, since 1970, for comparing boots and for people
 */
public record Stamp(long monotonicNanos, long realtimeNanos) {}
