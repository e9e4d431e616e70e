// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.registry;

import dev.luo.core.InvalidHandlerException;
import dev.luo.linux.Errno;
import dev.luo.spi.FileHandler;
import dev.luo.spi.LuoException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds handlers by {@link ServiceLoader}. */
public final class HandlerDiscovery {

  private HandlerDiscovery() {}

  /**
   * Instantiates every handler that the loader and its parents see, on module path and class path.
   *
   * @param loader explicit: what the calling thread happens to have as its context loader decides
   *     nothing
   * @throws InvalidHandlerException if one of them cannot be loaded or instantiated
   */
  public static List<FileHandler<?>> discover(ClassLoader loader) throws LuoException {
    List<FileHandler<?>> found = new ArrayList<>();
    try {
      for (FileHandler<?> handler : ServiceLoader.load(FileHandler.class, loader)) {
        found.add(handler);
      }
    } catch (ServiceConfigurationError e) {
      throw new InvalidHandlerException(
          "a handler on the module or class path", String.valueOf(e.getMessage()), Errno.EINVAL, e);
    }
    return found;
  }
}
