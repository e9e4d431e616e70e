// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.luo.core.testing.InProcessHandover;
import dev.luo.spi.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder of the JDK records of an update. */
class FlightRecordingTest {

  @TempDir private Path directory;

  private static String described(RecordedEvent event) {
    return String.join(
        " ",
        event.getString("session"),
        event.getString("token"),
        event.getString("compatible"),
        event.getString("step"),
        Long.toString(event.getLong("bytes")),
        event.getString("outcome"));
  }

  @Test
  void everyPhaseAndEveryCallIsAnEvent() throws Exception {
    Path file = directory.resolve("update.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("dev.luo.Phase");
      recording.enable("dev.luo.HandlerCall");
      recording.start();
      update();
      recording.stop();
      recording.dump(file);
    }

    List<RecordedEvent> events = RecordingFile.readAllEvents(file);

    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().equals("dev.luo.Phase"))
        .extracting(event -> event.getString("phase"))
        .containsExactlyInAnyOrder("pause", "freeze", "image");
    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().equals("dev.luo.HandlerCall"))
        .extracting(FlightRecordingTest::described)
        .containsExactlyInAnyOrder(
            "s 0x1 scripted-memfd-v1 canPreserve 0 ok",
            "s 0x1 scripted-memfd-v1 preserve 8 ok",
            "s 0x1 scripted-memfd-v1 freeze 8 ok",
            "s 0x1 scripted-memfd-v1 retrieve 8 EXDEV",
            "s 0x1 scripted-memfd-v1 retrieve 8 ok",
            "s 0x1 scripted-memfd-v1 resume 8 ok",
            "s 0x1 scripted-memfd-v1 verify 8 ok",
            "s 0x1 scripted-memfd-v1 canFinish 8 ok",
            "s 0x1 scripted-memfd-v1 finish 8 ok");
  }

  private static void update() throws Exception {
    LiveUpdate luo = TwoStages.open(ScriptedHandler.forMemfds(new ArrayList<>()));
    TwoStages.preserve(luo.createSession("s"), 1);
    ScriptedHandler after = ScriptedHandler.forMemfds(new ArrayList<>()).failing("retrieve 0x1");
    try (InProcessHandover handover = TwoStages.handOver(luo, after);
        IncomingSession came = handover.successor().retrieveSession("s")) {
      assertThat(catchRetrieve(came)).isNotNull();
      after.mend("retrieve 0x1");
      came.retryRetrieve(Token.of(1)).file().close();
      came.finish();
    }
  }

  private static HandlerFailedException catchRetrieve(IncomingSession came) {
    return catchThrowableOfType(HandlerFailedException.class, () -> came.retrieve(Token.of(1)));
  }
}
