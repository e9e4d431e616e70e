// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.spi.Crossing;
import dev.luo.spi.FileHandler;
import dev.luo.spi.LuoException;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Handlers in jars that only a class loader of the embedder's own sees, as plug-ins are. */
@NoDescriptorLeaks
class DiscoveryTest {
  private static final String NAME = "org.example.PluggedIn";

  /** Takes every file, so that nothing but its presence decides. */
  private static final String SOURCE =
      """
      package org.example;

      import dev.luo.linux.Fd;
      import dev.luo.spi.*;

      public final class PluggedIn implements FileHandler<Void> {
        public Compatible compatible() { return Compatible.of("plugged-in-v1"); }
        public boolean canPreserve(Fd file) { return true; }
        public Preserved<Void> preserve(OutgoingContext context) {
          return Preserved.of(Handle.NONE);
        }
        public void unpreserve(PreservedContext<Void> context) {}
        public Restored retrieve(IncomingContext context) {
          throw new AssertionError("nobody retrieves here");
        }
        public void finish(FinishContext context) {}

        public static final class NoHandler {}
      }
      """;

  @TempDir private Path folder;

  @BeforeEach
  void compile() throws IOException {
    Path source = Files.writeString(folder.resolve("PluggedIn.java"), SOURCE);
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    int result =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-d",
            folder.toString(),
            "-cp",
            origin(FileHandler.class) + File.pathSeparator + origin(Fd.class),
            source.toString());
    assertThat(result).isZero();
  }

  /** The folder or archive that a class comes from. */
  private static String origin(Class<?> type) {
    URL where = type.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(where.toString())).toString();
  }

  private void provide(String... classNames) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.write(services.resolve(FileHandler.class.getName()), List.of(classNames));
  }

  private URLClassLoader plugIns() throws IOException {
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, DiscoveryTest.class.getClassLoader());
  }

  private static Options options() {
    return Options.crossings(Crossing.EXEC).memoryReserve(1 << 22);
  }

  private static void preserveSomething(LiveUpdate luo) throws LuoException, IOException {
    try (OutgoingSession session = luo.createSession("s");
        Fd memfd = Memfds.containing(1)) {
      session.preserve(Token.of(1), memfd);
    }
  }

  @Test
  void open_findsWhatTheClassLoaderSees() throws Exception {
    provide(NAME);

    try (URLClassLoader loader = plugIns();
        LiveUpdate luo = LiveUpdate.open(options().discovery(loader))) {
      preserveSomething(luo);
    }
  }

  @Test
  void open_asksThoseGivenFirst() throws Exception {
    provide(NAME);
    List<String> calls = new ArrayList<>();

    try (URLClassLoader loader = plugIns();
        LiveUpdate luo =
            LiveUpdate.open(
                options().discovery(loader).handler(ScriptedHandler.forMemfds(calls)))) {
      preserveSomething(luo);
    }

    assertThat(calls).contains("preserve 0x1");
  }

  @Test
  void open_withAServiceThatIsMissing() throws Exception {
    provide(NAME, "org.example.Forgotten");

    try (URLClassLoader loader = plugIns()) {
      assertThatExceptionOfType(InvalidHandlerException.class)
          .isThrownBy(() -> LiveUpdate.open(options().discovery(loader)))
          .withMessageContaining("org.example.Forgotten")
          .withCauseInstanceOf(ServiceConfigurationError.class)
          .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.EINVAL));
    }
  }

  @Test
  void open_withAServiceThatIsNoHandler() throws Exception {
    provide(NAME + "$NoHandler");

    try (URLClassLoader loader = plugIns()) {
      assertThatExceptionOfType(InvalidHandlerException.class)
          .isThrownBy(() -> LiveUpdate.open(options().discovery(loader)))
          .withMessageContaining(NAME + "$NoHandler");
    }
  }

  @Test
  void open_inAThreadThatSeesMore_findsNoMore() throws Exception {
    provide(NAME);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();

    try (URLClassLoader loader = plugIns()) {
      thread.setContextClassLoader(loader);
      for (Options options :
          List.of(options(), options().discovery(DiscoveryTest.class.getClassLoader()))) {
        try (LiveUpdate luo = LiveUpdate.open(options)) {
          assertThatExceptionOfType(NoHandlerException.class)
              .isThrownBy(() -> preserveSomething(luo));
        }
      }
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
