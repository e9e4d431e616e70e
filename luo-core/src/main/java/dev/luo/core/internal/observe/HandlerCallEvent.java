// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.observe;

import dev.luo.core.HandlerCall;
import dev.luo.linux.Errno;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** As described in docs/observing.md. Its fields are read by the flight recorder only. */
@Name("dev.luo.HandlerCall")
@Label("Call of a handler")
@Category("luo")
@Description("One call into a file handler, or into state that files share")
@StackTrace(false)
final class HandlerCallEvent extends Event {

  @Label("Session")
  String session = "";

  @Label("Token")
  String token = "";

  @Label("Compatible")
  String compatible = "";

  @Label("Step")
  String step = "";

  @Label("Handover memory")
  @DataAmount
  long bytes;

  @Label("Outcome")
  @Description("ok, or the name of an errno")
  String outcome = "";

  void describe(HandlerCall call) {
    session = call.session();
    token = call.token().map(Object::toString).orElse("");
    compatible = call.compatible().value();
    step = call.step().operation();
    bytes = call.bytes();
    outcome = call.failure().map(Errno::name).orElse("ok");
  }
}
