// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test, with a reason, on a machine that lacks a facility.
 *
 * <p>The facility is present when every one of {@link #commands} is found on {@code PATH} and every
 * one of {@link #files} can be read. What cannot be said so is asked of {@link Facilities#require}
 * inside the test.
 *
 * <p>Where the environment variable {@code LUO_REQUIRE} names the facility, or says {@code all},
 * the test fails instead: on a machine that is known to have it, a skip would hide a test that no
 * longer runs.
 *
 * {@snippet :
 * @RequiresFacility(value = "libmemcached-tools", commands = "memcslap")
 * @RequiresFacility(value = "kvm", files = "/dev/kvm")
 * class GuestTest {}
 * }
 */
@Documented
@Inherited
@Repeatable(RequiresFacility.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(FacilityCondition.class)
public @interface RequiresFacility {
  /**
   * The name by which {@code LUO_REQUIRE} knows the facility, such as a Debian package.
   *
   * @return the name, without comma
   */
  String value();

  /**
   * Commands that have to be on {@code PATH}.
   *
   * @return their names; none by default
   */
  String[] commands() default {};

  /**
   * Files that this process has to be allowed to read, devices among them.
   *
   * @return absolute paths; none by default
   */
  String[] files() default {};

  /** Several facilities, all of which are required. */
  @Documented
  @Inherited
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @ExtendWith(FacilityCondition.class)
  @interface List {
    /**
     * The facilities.
     *
     * @return each of them
     */
    RequiresFacility[] value();
  }
}
