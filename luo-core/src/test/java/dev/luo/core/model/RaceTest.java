// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

import dev.luo.testing.NoDescriptorLeaks;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Where threads meet. Each race is run again and again, as the machine decides what happens first;
 * {@code -Dluo.races=…} says how often.
 */
@NoDescriptorLeaks
class RaceTest {

  private static final int RACES = Integer.getInteger("luo.races", 30);

  /** Sessions a and b handed over with a file each, of handlers that share a state; a has two. */
  private static final String CAME =
      "CREATE 0; PRESERVE_FILE 0 0 0 0 5 0; PRESERVE_FILE 0 1 3 0 5 0; CREATE 1; "
          + "PRESERVE_FILE 1 0 2 0 5 0; HAND_OVER 0 0; SETTLE; CLAIM 0; CLAIM 1";

  private static void race(String before, String... threads) throws Exception {
    race(Optional.empty(), before, threads);
  }

  private static void race(Optional<Fault> fault, String before, String... threads)
      throws Exception {
    Race race = Race.of(fault, before, threads);
    try (Things things = new Things();
        QuietLog _ = new QuietLog()) {
      for (int i = 0; i < RACES; i++) {
        race.run(things);
      }
    }
  }

  @Test
  void fil46_retrievesOfOneTokenMakeOneCall() throws Exception {
    race(CAME, "RETRIEVE_FILE 0 0", "RETRIEVE_FILE 0 0", "RETRIEVE_FILE 0 0");
  }

  @Test
  void fil47_ofTwoPreservesOfOneFileInTwoSessionsOneSucceeds() throws Exception {
    race("CREATE 0; CREATE 1", "PRESERVE_FILE 0 0 1 0 5 0", "PRESERVE_FILE 1 0 1 2 5 0");
  }

  @Test
  void fil47_ofTwoPreservesOfOneFileInOneSessionOneSucceeds() throws Exception {
    race(
        "CREATE 0",
        "PRESERVE_FILE 0 0 1 0 5 0",
        "PRESERVE_FILE 0 1 1 0 5 0",
        "PRESERVE_FILE 0 2 1 1 5 0");
  }

  @Test
  void fil02_ofTwoPreservesOfOneTokenOneSucceeds() throws Exception {
    race("CREATE 0", "PRESERVE_FILE 0 0 1 0 5 0", "PRESERVE_FILE 0 0 2 0 5 0");
  }

  @Test
  void ses07_ofTwoSessionsOfOneNameOneIsCreated() throws Exception {
    race("", "CREATE 0", "CREATE 0");
  }

  @Test
  void preserveUnpreserveAndClose_ofOneSession() throws Exception {
    race(
        "CREATE 0; PRESERVE_FILE 0 0 1 0 5 0",
        "PRESERVE_FILE 0 1 2 0 0 0; UNPRESERVE_FILE 0 0",
        "UNPRESERVE_FILE 0 0; PRESERVE_FILE 0 0 1 0 5 0",
        "CLOSE_OUTGOING 0");
  }

  @Test
  void flb11_flb16_sharedStatesAreCountedAcrossSessions() throws Exception {
    race(
        "CREATE 0; CREATE 1; PRESERVE_FILE 0 0 0 0 5 0",
        "UNPRESERVE_FILE 0 0; PRESERVE_FILE 0 0 0 0 5 0",
        "PRESERVE_FILE 1 0 3 0 5 0; CLOSE_OUTGOING 1");
  }

  @Test
  void ses24_ofTwoClaimsOneSucceeds() throws Exception {
    race(CAME + "; CLOSE_INCOMING 0", "CLAIM 0", "CLAIM 0", "CLAIM 0");
  }

  @Test
  void ses26_aSessionGivenUpWhileItsClaimIsGivenBackIsGone() throws Exception {
    race(CAME, "DISCARD_SESSION 0", "CLOSE_INCOMING 0; CLAIM 0");
  }

  @Test
  void ses26_aSessionRenewedWhileItsClaimIsGivenBackIsGone() throws Exception {
    race(CAME + "; RETRIEVE_FILE 1 0", "RENEW_SESSION 1", "CLOSE_INCOMING 1; CLAIM 1");
  }

  @Test
  void retrieveFinishAndClose_ofOneSession() throws Exception {
    race(
        CAME,
        "RETRIEVE_FILE 0 0; FINISH_SESSION 0",
        "RETRIEVE_FILE 0 1; FINISH_SESSION 0",
        "CLOSE_INCOMING 0");
  }

  @Test
  void discardAndRetrieve_ofOneSession() throws Exception {
    race(CAME, "RETRIEVE_FILE 0 0", "DISCARD_SESSION 0", "RETRIEVE_FILE 0 1; RETRIEVE_FILE 0 0");
  }

  @Test
  void flb28_flb29_sharedStatesAreFinishedOnceAcrossSessions() throws Exception {
    race(CAME, "DISCARD_SESSION 0", "RETRIEVE_FILE 1 0; FINISH_SESSION 1");
  }

  @Test
  void finishAndPreserve_ofOneFile() throws Exception {
    race(
        CAME + "; RETRIEVE_FILE 1 0; CREATE 2",
        "PRESERVE_FILE 2 0 2 0 5 0; PRESERVE_FILE 2 0 2 0 5 0",
        "FINISH_SESSION 1");
  }

  @Test
  void reg03_registrationsAndPreserve() throws Exception {
    race("CREATE 0", "REGISTER 2", "REGISTER 4", "PRESERVE_FILE 0 0 4 0 5 0");
  }

  @Test
  void reg03_ofTwoHandlersForOneStringOneIsRegistered() throws Exception {
    race("START_OVER 3", "REGISTER 0", "REGISTER 0", "REGISTER 5");
  }

  @Test
  void reg13_handlerThatComesWhileItsFileIsAskedFor() throws Exception {
    race(
        "CREATE 0; PRESERVE_FILE 0 0 0 0 5 0; HAND_OVER 3 0; SETTLE; CLAIM 0",
        "REGISTER 0",
        "RETRIEVE_FILE 0 0; RETRIEVE_FILE 0 0");
  }

  @Test
  void ser11_ser16_callsWaitForAnUpdateThatIsRefused() throws Exception {
    race(
        Optional.of(new Fault(Callback.FREEZE, 1, false)),
        "CREATE 0; PRESERVE_FILE 0 0 0 0 5 0; CREATE 1; PRESERVE_FILE 1 0 3 0 5 0",
        "HAND_OVER 0 0",
        "PRESERVE_FILE 0 1 2 0 5 0; UNPRESERVE_FILE 0 0",
        "CLOSE_OUTGOING 1; CREATE 2");
  }
}
