// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails a test that leaves a file descriptor of this process open, naming its number and what it
 * refers to.
 *
 * <p>The descriptors are compared around each test, the methods before and after it included, and
 * once more around the class. Not looked at are the files a class loader and the random number
 * generators of the JDK keep open. Descriptors that the JDK itself opens at the first use of its
 * sockets and virtual threads, and never closes, are opened before the first comparison.
 *
 * <p>A descriptor that another thread is about to close, such as the pipe of a process that has
 * just ended, is waited for; so a leak costs its test two seconds and a clean test nothing.
 *
 * <p>Descriptors belong to the process: tests under this annotation cannot run beside others in the
 * same JVM.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(DescriptorLeakExtension.class)
public @interface NoDescriptorLeaks {}
