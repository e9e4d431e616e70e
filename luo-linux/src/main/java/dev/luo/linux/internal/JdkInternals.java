// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.internal;

import java.io.Closeable;
import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one place that reaches into the JDK: it makes channels of descriptor numbers and tells the
 * numbers of channels.
 *
 * <p>What it reaches for is private to the JDK and changes from release to release. Each accessor
 * is looked up when it is first needed, so that one that has changed takes none of the others with
 * it.
 */
public final class JdkInternals {
  private static final String IMPLEMENTATIONS = "sun.nio.ch";

  private JdkInternals() {}

  /** The first option that is missing to make channels of descriptors. */
  public static Optional<String> missingOption() {
    Module base = Object.class.getModule();
    Module self = JdkInternals.class.getModule();
    for (String name : new String[] {"java.io", IMPLEMENTATIONS}) {
      if (!base.isOpen(name, self)) {
        String to = self.isNamed() ? self.getName() : "ALL-UNNAMED";
        return Optional.of("--add-opens=java.base/" + name + "=" + to);
      }
    }
    return Optional.empty();
  }

  private static Class<?> implementation(String name) throws ReflectiveOperationException {
    return Class.forName(IMPLEMENTATIONS + "." + name);
  }

  private static Lookup inside(Class<?> type) throws ReflectiveOperationException {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }

  private static FileDescriptor descriptor(int number) throws ReflectiveOperationException {
    MethodHandle constructor =
        inside(FileDescriptor.class)
            .findConstructor(FileDescriptor.class, MethodType.methodType(void.class, int.class));
    return invoke(FileDescriptor.class, constructor, number);
  }

  /** Makes a file channel that owns the number. */
  public static FileChannel fileChannel(int number, String path, boolean readable, boolean writable)
      throws ReflectiveOperationException {
    Class<?> type = implementation("FileChannelImpl");
    MethodHandle open =
        inside(type)
            .findStatic(
                type,
                "open",
                MethodType.methodType(
                    FileChannel.class,
                    FileDescriptor.class,
                    String.class,
                    boolean.class,
                    boolean.class,
                    boolean.class,
                    boolean.class,
                    Closeable.class));
    return invoke(
        FileChannel.class, open, descriptor(number), path, readable, writable, false, false, null);
  }

  /** Makes a listening channel that owns the number. */
  public static ServerSocketChannel serverSocketChannel(int number, ProtocolFamily family)
      throws ReflectiveOperationException {
    Class<?> type = implementation("ServerSocketChannelImpl");
    MethodHandle constructor =
        inside(type)
            .findConstructor(
                type,
                MethodType.methodType(
                    void.class,
                    SelectorProvider.class,
                    ProtocolFamily.class,
                    FileDescriptor.class,
                    boolean.class));
    return invoke(
        ServerSocketChannel.class,
        constructor,
        SelectorProvider.provider(),
        family,
        descriptor(number),
        true);
  }

  /** Makes a connected channel that owns the number. */
  public static SocketChannel socketChannel(int number, ProtocolFamily family, SocketAddress peer)
      throws ReflectiveOperationException {
    Class<?> type = implementation("SocketChannelImpl");
    MethodHandle constructor =
        inside(type)
            .findConstructor(
                type,
                MethodType.methodType(
                    void.class,
                    SelectorProvider.class,
                    ProtocolFamily.class,
                    FileDescriptor.class,
                    SocketAddress.class));
    return invoke(
        SocketChannel.class,
        constructor,
        SelectorProvider.provider(),
        family,
        descriptor(number),
        peer);
  }

  /** The number of a socket's channel. */
  public static int numberOfSocket(Channel channel) throws ReflectiveOperationException {
    Class<?> type = implementation("SelChImpl");
    MethodHandle getter =
        inside(type).findVirtual(type, "getFDVal", MethodType.methodType(int.class));
    return invoke(Integer.class, getter, channel);
  }

  /** The number of a file's channel. */
  public static int numberOfFile(FileChannel channel) throws ReflectiveOperationException {
    Class<?> type = implementation("FileChannelImpl");
    MethodHandle getter = inside(type).findGetter(type, "fd", FileDescriptor.class);
    MethodHandle number =
        inside(FileDescriptor.class).findGetter(FileDescriptor.class, "fd", int.class);
    return invoke(Integer.class, number, invoke(FileDescriptor.class, getter, channel));
  }

  private static <T> T invoke(Class<T> type, MethodHandle handle, @Nullable Object... arguments)
      throws ReflectiveOperationException {
    try {
      return type.cast(handle.invokeWithArguments(arguments));
    } catch (ReflectiveOperationException | RuntimeException | Error thrown) {
      throw thrown;
    } catch (Throwable thrown) {
      throw new ReflectiveOperationException(thrown);
    }
  }
}
