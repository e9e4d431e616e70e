// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * Sockets: making and describing them, and passing descriptors through them.
 *
 * <p>A socket is an {@link dev.luo.linux.Fd} like any other. {@link dev.luo.linux.socket.Sockets}
 * makes and asks, {@link dev.luo.linux.socket.Messages} sends bytes together with descriptors,
 * {@link dev.luo.linux.socket.DescriptorBatches} sends descriptors in any number, and {@link
 * dev.luo.linux.socket.SocketChannels} turns sockets into channels of the JDK.
 */
@NullMarked
package dev.luo.linux.socket;

import org.jspecify.annotations.NullMarked;
