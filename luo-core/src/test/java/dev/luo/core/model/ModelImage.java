// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import java.util.List;

/**
 * What crosses, LUO-SER-19 to LUO-SER-22.
 *
 * @param sessions in order of creation
 * @param shared in order of registration, those in use
 */
record ModelImage(long generation, List<Session> sessions, List<Shared> shared) {

  record Session(String name, List<File> files) {}

  record File(
      long token,
      String compatible,
      long handle,
      int thing,
      int opening,
      long reference,
      boolean optional) {}

  record Shared(String compatible, long handle, long count) {}
}
