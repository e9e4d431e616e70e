// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Processes: starting one, replacing the program of this one, and holding on to one.
 *
 * <p>{@link dev.luo.linux.process.Command} says what to run. {@link dev.luo.linux.process.Spawn}
 * runs it in a new process and answers a {@link dev.luo.linux.process.PidFd}, a descriptor of it,
 * which unlike a process number never comes to mean another process. {@link
 * dev.luo.linux.process.Exec} runs it in place of the JVM.
 */
@NullMarked
package dev.luo.linux.process;

import org.jspecify.annotations.NullMarked;
