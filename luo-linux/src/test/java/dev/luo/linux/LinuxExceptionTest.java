// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class LinuxExceptionTest {
  @Test
  void message_namesCallArgumentsAndError() {
    LinuxException exception = new LinuxException(Errno.EPERM, "ftruncate", "fd=7", "size=4096");
    assertThat(exception).hasMessage("ftruncate(fd=7, size=4096): EPERM (Operation not permitted)");
    assertThat(exception.errno()).isEqualTo(Errno.EPERM);
    assertThat(exception.call()).isEqualTo("ftruncate");
    assertThat(exception.arguments()).containsExactly("fd=7", "size=4096");
  }

  @Test
  void message_ofSomethingUnavailable_saysWhatItWouldTake() {
    UnavailableException exception =
        new UnavailableException("kcmp needs ptrace rights", Errno.EPERM, "kcmp", "pid1=1");
    assertThat(exception)
        .hasMessage("kcmp(pid1=1): EPERM (Operation not permitted): kcmp needs ptrace rights");
    assertThat(exception.facility()).isEqualTo("kcmp needs ptrace rights");
  }

  @Test
  void serialization_keepsEverything() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new LinuxException(Errno.EBUSY, "ioctl", "fd=1"));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      LinuxException read = (LinuxException) in.readObject();
      assertThat(read).hasMessage("ioctl(fd=1): EBUSY (Device or resource busy)");
      assertThat(read.errno()).isEqualTo(Errno.EBUSY);
      assertThat(read.arguments()).containsExactly("fd=1");
    }
  }
}
