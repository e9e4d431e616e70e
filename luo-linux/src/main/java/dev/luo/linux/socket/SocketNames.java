// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux.socket;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/** Writes and reads the kernel's struct sockaddr. */
final class SocketNames {
  /** Room for any address: struct sockaddr_storage. */
  static final int CAPACITY = 128;

  private static final ValueLayout.OfShort PORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private SocketNames() {}

  /** The structure; its size is the length of the address. */
  static MemorySegment encode(SegmentAllocator allocator, SocketName name) {
    MemorySegment memory = allocator.allocate(CAPACITY, 8);
    memory.set(ValueLayout.JAVA_SHORT, 0, (short) name.domain().number());
    return switch (name) {
      case UnixName unix -> {
        copy(unix.bytes(), memory, 2);
        yield memory.asSlice(0, 2 + unix.encodedLength());
      }
      case InternetName internet -> encode(memory, internet.address());
      case OtherName other -> {
        byte[] bytes = other.bytes();
        copy(bytes, memory, 2);
        yield memory.asSlice(0, 2 + bytes.length);
      }
    };
  }

  private static MemorySegment encode(MemorySegment memory, InetSocketAddress address) {
    memory.set(PORT, 2, (short) address.getPort());
    InetAddress host = address.getAddress();
    if (host instanceof Inet6Address version6) {
      copy(version6.getAddress(), memory, 8);
      memory.set(ValueLayout.JAVA_INT, 24, version6.getScopeId());
      return memory.asSlice(0, 28);
    }
    if (host instanceof Inet4Address version4) {
      copy(version4.getAddress(), memory, 4);
    }
    return memory.asSlice(0, 16);
  }

  private static void copy(byte[] bytes, MemorySegment memory, long offset) {
    MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, offset, bytes.length);
  }

  /** Reads an address of which the kernel says that it has {@code length} bytes. */
  static SocketName decode(MemorySegment memory, int length) {
    if (length < 2) {
      return UnixName.unnamed();
    }
    SocketDomain domain =
        new SocketDomain(Short.toUnsignedInt(memory.get(ValueLayout.JAVA_SHORT, 0)));
    if (domain.equals(SocketDomain.UNIX)) {
      return UnixName.ofBytes(bytes(memory, 2, length - 2));
    }
    if (domain.equals(SocketDomain.INET)) {
      return new InternetName(new InetSocketAddress(host(bytes(memory, 4, 4), 0), port(memory)));
    }
    if (domain.equals(SocketDomain.INET6)) {
      int scope = memory.get(ValueLayout.JAVA_INT, 24);
      return new InternetName(
          new InetSocketAddress(host(bytes(memory, 8, 16), scope), port(memory)));
    }
    return OtherName.of(domain, bytes(memory, 2, length - 2));
  }

  private static int port(MemorySegment memory) {
    return Short.toUnsignedInt(memory.get(PORT, 2));
  }

  private static byte[] bytes(MemorySegment memory, long offset, long length) {
    return memory.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE);
  }

  private static InetAddress host(byte[] bytes, int scope) {
    try {
      // Not InetAddress.getByAddress: it would turn a version 4 address mapped into version 6 into
      // version 4.
      return bytes.length == 16
          ? Inet6Address.getByAddress(null, bytes, scope)
          : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", impossible);
    }
  }
}
