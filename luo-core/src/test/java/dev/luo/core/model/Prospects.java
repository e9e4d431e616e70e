// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.List;
import java.util.Map;

/**
 * What there is to do, so that most of what is made up at random does something.
 *
 * @param outgoing numbers of the sessions being filled, each with the numbers of its tokens
 * @param unclaimed numbers of the sessions that came and are not claimed
 * @param incoming numbers of the sessions claimed, each with the numbers of its tokens
 * @param arriving whether something that came is not finished
 */
record Prospects(
    Map<Integer, List<Integer>> outgoing,
    List<Integer> unclaimed,
    Map<Integer, List<Integer>> incoming,
    boolean arriving) {}
