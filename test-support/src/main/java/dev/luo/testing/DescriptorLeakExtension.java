// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import static java.util.Objects.requireNonNull;

import dev.luo.testing.OpenDescriptors.Descriptor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.opentest4j.AssertionFailedError;

/** Compares the open descriptors around each test and around its class. */
final class DescriptorLeakExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(DescriptorLeakExtension.class);

  /** How long a thread of the JDK may take to close what a test has already let go of. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Replaces it, as an ISO 8601 duration, where a leak is expected and waiting is in vain. */
  static final String PATIENCE_PARAMETER = "luo.descriptors.patience";

  private static final Duration PAUSE = Duration.ofMillis(5);

  @Override
  public void beforeAll(ExtensionContext context) {
    JdkDescriptors.open();
    remember(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    remember(context);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    fail(context, leaked(context, Set.of()));
  }

  /** What a test left open was that test's failure, and is not its class's once more. */
  @Override
  public void afterAll(ExtensionContext context) {
    fail(context, leaked(context, reported(context)));
  }

  private static void remember(ExtensionContext context) {
    store(context).put(OpenDescriptors.class, OpenDescriptors.now());
  }

  private static OpenDescriptors remembered(ExtensionContext context) {
    return requireNonNull(store(context).get(OpenDescriptors.class, OpenDescriptors.class));
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  @SuppressWarnings("unchecked") // a store knows the raw type only
  private static Set<Descriptor> reported(ExtensionContext context) {
    return (Set<Descriptor>)
        requireNonNull(
            store(context.getRoot())
                .getOrComputeIfAbsent(
                    Descriptor.class, key -> ConcurrentHashMap.newKeySet(), Set.class));
  }

  private static List<Descriptor> leaked(
      ExtensionContext context, Collection<Descriptor> reported) {
    OpenDescriptors earlier = remembered(context);
    Duration patience =
        context.getConfigurationParameter(PATIENCE_PARAMETER, Duration::parse).orElse(PATIENCE);
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      List<Descriptor> opened = OpenDescriptors.now().openedSince(earlier);
      opened.removeAll(reported);
      if (opened.isEmpty() || System.nanoTime() - deadline > 0) {
        return opened;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static void fail(ExtensionContext context, List<Descriptor> leaked) {
    if (leaked.isEmpty()) {
      return;
    }
    reported(context).addAll(leaked);
    throw new AssertionFailedError(
        leaked.stream()
            .map(descriptor -> "%n  %s".formatted(descriptor))
            .collect(
                Collectors.joining(
                    "", "left open by %s:".formatted(context.getDisplayName()), "")));
  }
}
