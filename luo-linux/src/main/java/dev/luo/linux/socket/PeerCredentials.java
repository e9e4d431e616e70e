// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

/**
 * Which process is on the other side, as the kernel vouches for it.
 *
 * @param pid its number; 0 if it lives where this process cannot see it
 * @param uid its user
 * @param gid its group
 */
public record PeerCredentials(int pid, int uid, int gid) {}
