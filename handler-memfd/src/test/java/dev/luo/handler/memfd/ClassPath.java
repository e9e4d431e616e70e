// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts together on what class path a program of these tests runs in a JVM of its own. */
final class ClassPath {
  private ClassPath() {}

  /** A path on which the classes given are found, and whatever lies beside them. */
  static String of(Class<?>... types) {
    return Stream.of(types)
        .map(ClassPath::origin)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The folder or archive that a class comes from, also where a module is patched with it. */
  private static String origin(Class<?> type) {
    String name = type.getName().replace('.', '/') + ".class";
    URL url = Objects.requireNonNull(type.getResource("/" + name), name);
    String text = url.toString();
    if (text.startsWith("jar:")) {
      text = text.substring("jar:".length(), text.indexOf('!'));
    } else {
      text = text.substring(0, text.length() - name.length());
    }
    return Path.of(URI.create(text)).toString();
  }
}
