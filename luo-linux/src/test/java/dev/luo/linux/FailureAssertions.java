// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Checks that a call fails with the right error. */
public final class FailureAssertions {
  private FailureAssertions() {}

  /** A call under test. */
  public interface Call {
    void run() throws Throwable;
  }

  /** Checks the error number, and answers the exception for further checks. */
  public static LinuxException assertFails(Errno errno, Call call) {
    LinuxException failure = catchThrowableOfType(LinuxException.class, call::run);
    assertThat(failure).as("a failure with %s", errno).isNotNull();
    assertThat(failure.errno()).as(failure.toString()).isEqualTo(errno);
    return failure;
  }
}
