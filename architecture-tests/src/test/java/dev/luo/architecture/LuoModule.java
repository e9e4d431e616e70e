// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A module of luo as built; its name says which place it has among the others.
 *
 * @param descriptor what {@code module-info} became
 * @param location the URL of the descriptor, in a jar file or in a folder of classes
 */
record LuoModule(ModuleDescriptor descriptor, URL location) {
  /**
   * All that are on the class path of the tests, where their declared dependencies put them, each
   * once: a jar that can be started names its libraries in its manifest, and they are found there
   * again.
   */
  static List<LuoModule> all() {
    try {
      return Collections.list(LuoModule.class.getClassLoader().getResources("module-info.class"))
          .stream()
          .map(LuoModule::read)
          .filter(module -> module.name().startsWith("dev.luo."))
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toMap(
                      LuoModule::name, module -> module, (first, again) -> first, TreeMap::new),
                  modules -> List.copyOf(modules.values())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LuoModule read(URL location) {
    try (InputStream stream = location.openStream()) {
      return new LuoModule(ModuleDescriptor.read(stream), location);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return descriptor.name();
  }

  boolean isHandler() {
    return name().startsWith("dev.luo.handler.");
  }

  boolean isExample() {
    return name().startsWith("dev.luo.examples.");
  }

  /** Whether it is published: an example is read and run, not depended on. */
  boolean isPublished() {
    return !isExample();
  }

  List<String> requires() {
    return descriptor.requires().stream().map(ModuleDescriptor.Requires::name).sorted().toList();
  }

  boolean exports(String packageName) {
    return descriptor.exports().stream()
        .anyMatch(exported -> !exported.isQualified() && exported.source().equals(packageName));
  }

  /** The jar file it was read from. */
  Path jar() {
    String url = location.toString();
    String prefix = "jar:file:";
    if (!url.startsWith(prefix)) {
      throw new IllegalStateException(url + " lies in no jar file: the modules are not packaged");
    }
    return Path.of(url.substring(prefix.length(), url.indexOf('!')));
  }

  @Override
  public String toString() {
    return name();
  }
}
