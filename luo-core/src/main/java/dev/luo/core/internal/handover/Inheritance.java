// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover;

import dev.luo.core.internal.handover.guardian.GuardianLink;
import dev.luo.core.internal.handover.program.HandoverVariable;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.LinuxException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a process finds when it looks whether a predecessor left something to it.
 *
 * <p>Nothing that is found is trusted: variables are text that anybody may have set, and a number
 * says nothing about what is open under it. What is behind the image's descriptor is for the reader
 * of images to judge, its nonce first.
 *
 * <p>Looking needs no foreign linker, as every millisecond here is one in which nobody serves.
 */
public sealed interface Inheritance {

  /** There is no handover: this is a cold start. */
  record Nothing() implements Inheritance {}

  /**
   * There was a handover, to another process whose environment came down to this one. To this one
   * it is a cold start, and the descriptor, if it is open at all, is none of its business.
   *
   * @param pid who was addressed
   */
  record Foreign(long pid) implements Inheritance {}

  /**
   * Somebody meant to hand something over to this process, and it is not there. Not a cold start:
   * what is lost or out of reach may be precious.
   *
   * @param why what was found in the place of what should have been
   */
  record Unusable(String why) implements Inheritance {}

  /** A predecessor left something to this process. */
  record Present(InheritedHandover handover) implements Inheritance {}

  /**
   * Looks for what a predecessor left.
   *
   * @param environment the variables of this process
   * @param pid the id of this process
   */
  static Inheritance find(Map<String, String> environment, long pid) {
    @Nullable String value = environment.get(HandoverVariable.HANDOVER);
    if (value == null) {
      return new Nothing();
    }
    Optional<HandoverVariable> handover = HandoverVariable.parse(value);
    if (handover.isEmpty()) {
      return unusable(HandoverVariable.HANDOVER, value, "is not <descriptor>:<pid>:<nonce>");
    }
    if (handover.get().pid() != pid) {
      return new Foreign(handover.get().pid());
    }
    @Nullable String link = environment.get(HandoverVariable.GUARDIAN);
    Optional<HandoverVariable> guardian = Optional.empty();
    if (link != null) {
      guardian = HandoverVariable.parse(link);
      if (guardian.isEmpty() || guardian.get().nonce() != handover.get().nonce()) {
        return unusable(HandoverVariable.GUARDIAN, link, "does not belong to this handover");
      }
    }
    return open(handover.get(), guardian);
  }

  private static Inheritance open(HandoverVariable handover, Optional<HandoverVariable> guardian) {
    Fd image = Fd.adopt(handover.descriptor());
    @Nullable String wrong = mismatch(image, FdKind.MEMFD);
    if (wrong != null) {
      return unusable(HandoverVariable.HANDOVER, handover.text(), wrong);
    }
    if (guardian.isEmpty()) {
      return new Present(new InheritedHandover(image, handover.nonce(), Optional.empty()));
    }
    Fd socket = Fd.adopt(guardian.get().descriptor());
    wrong = mismatch(socket, FdKind.SOCKET);
    if (wrong != null) {
      image.release();
      return unusable(HandoverVariable.GUARDIAN, guardian.get().text(), wrong);
    }
    GuardianLink link = new GuardianLink(socket, guardian.get().pid(), handover.nonce());
    return new Present(new InheritedHandover(image, handover.nonce(), Optional.of(link)));
  }

  /** Says what is wrong, having let go of the descriptor; null if nothing is. */
  private static @Nullable String mismatch(Fd descriptor, FdKind expected) {
    try {
      FdKind kind = descriptor.kind();
      if (kind == expected) {
        return null;
      }
    } catch (LinuxException notOpen) {
      descriptor.release();
      return "names a descriptor that is not open";
    }
    String found = descriptor.describe();
    descriptor.release();
    return "names " + found + ", which is no " + expected.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Unusable unusable(String name, String value, String why) {
    return new Unusable("the variable " + name + "=" + value + " " + why);
  }
}
