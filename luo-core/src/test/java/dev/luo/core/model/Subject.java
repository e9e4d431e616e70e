// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.model;

/**
 * What can be done to an orchestrator, be it luo or the model of it. Everything is named by its
 * number in {@link World}; a session by the name under which it was last created or claimed. What
 * the caller is answered is returned as text, or thrown.
 */
interface Subject {

  String create(int name) throws Exception;

  String preserve(int session, int token, int thing, int opening, int reference, int importance)
      throws Exception;

  String unpreserve(int session, int token) throws Exception;

  String closeOutgoing(int session) throws Exception;

  /** Hands over to a successor, which is played on with. Its predecessor can still come back. */
  String handOver(int program, int replaceEvery) throws Exception;

  /** Lets the predecessor die. */
  String settle() throws Exception;

  /** Throws the successor away and plays on with the predecessor. */
  String takeBack() throws Exception;

  /** Discards what came, closes, and opens anew with nothing. */
  String startOver(int program) throws Exception;

  String register(int kind) throws Exception;

  String unregister(int kind) throws Exception;

  String claim(int name) throws Exception;

  String retrieve(int session, int token) throws Exception;

  String retryRetrieve(int session, int token) throws Exception;

  String verify(int session) throws Exception;

  String finish(int session) throws Exception;

  String renew(int session) throws Exception;

  String discard(int session) throws Exception;

  String closeIncoming(int session) throws Exception;

  String resumed() throws Exception;

  /** Describes everything that can be seen from outside. */
  String state() throws Exception;

  /** As {@link #state}, where counting may take its time. */
  String recount() throws Exception;

  Journal journal();

  /** Gives everything back, and describes what is left all the same. */
  String end() throws Exception;
}
