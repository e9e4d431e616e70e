// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture.ledger;

import dev.luo.architecture.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The pages that are read by tools, line by line. */
final class Documents {

  private Documents() {}

  static List<String> specification() throws IOException {
    return Files.readAllLines(Repository.file("docs/specification.md"));
  }

  static List<String> ledger() throws IOException {
    return Files.readAllLines(Repository.file("docs/ledger.md"));
  }
}
