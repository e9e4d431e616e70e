// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache.protocol;

import java.util.ArrayList;
import java.util.List;

/** All that can be said, with its answers. Each bar stands for the end of a line, CR and LF. */
final class Dialogues {
  private static final String LONGEST_KEY = "k".repeat(250);
  private static final String BAD_FORMAT = "CLIENT_ERROR bad command line format|";
  private static final String BAD_DATA = "CLIENT_ERROR bad data chunk|";
  private static final String BAD_DELTA = "CLIENT_ERROR invalid numeric delta argument|";
  private static final String BAD_EXPTIME = "CLIENT_ERROR invalid exptime argument|";
  private static final String NOT_NUMERIC =
      "CLIENT_ERROR cannot increment or decrement non-numeric value|";

  private final List<Dialogue> dialogues = new ArrayList<>();

  private Dialogues() {}

  static List<Dialogue> all() {
    Dialogues all = new Dialogues();
    all.storing();
    all.retrieving();
    all.comparing();
    all.counting();
    all.removing();
    all.others();
    all.mistakes();
    all.ourOwn();
    return all.dialogues;
  }

  private void same(String requests, String answers) {
    dialogues.add(new Dialogue(withLineEnds(requests), withLineEnds(answers), true));
  }

  private void differs(String requests, String answers) {
    dialogues.add(new Dialogue(withLineEnds(requests), withLineEnds(answers), false));
  }

  private static String withLineEnds(String barred) {
    return barred.replace("|", "\r\n");
  }

  private void storing() {
    same("set a 5 0 3|abc|get a|", "STORED|VALUE a 5 3|abc|END|");
    same("set a 0 0 0||get a|", "STORED|VALUE a 0 0||END|");
    same(
        "set a 4294967295 0 6||\0\n\r\u00ff|get a|",
        "STORED|VALUE a 4294967295 6||\0\n\r\u00ff|END|");
    same(
        "set " + LONGEST_KEY + " 0 0 1|1|get " + LONGEST_KEY + "|",
        "STORED|VALUE " + LONGEST_KEY + " 0 1|1|END|");
    same("set a 0 0 1 noreply|1|get a|", "VALUE a 0 1|1|END|");
    same("set a 0 0 1 norepl|1|", "STORED|");
    same("set a 0 -1 1|1|get a|", "STORED|END|");
    same("set a 0 100 1|1|get a|", "STORED|VALUE a 0 1|1|END|");
    same("add a 0 0 1|1|add a 0 0 1|2|get a|", "STORED|NOT_STORED|VALUE a 0 1|1|END|");
    same(
        "replace a 0 0 1|1|set a 0 0 1|1|replace a 9 0 1|2|get a|",
        "NOT_STORED|STORED|STORED|VALUE a 9 1|2|END|");
    same(
        "append a 0 0 1|1|set a 3 0 1|b|append a 4 0 1|c|prepend a 4 0 1|a|get a|",
        "NOT_STORED|STORED|STORED|STORED|VALUE a 3 3|abc|END|");
  }

  private void retrieving() {
    same("get a|", "END|");
    same("gets a b c|", "END|");
    same(
        "set a 0 0 1|1|set c 0 0 1|3|get a b c a|",
        "STORED|STORED|VALUE a 0 1|1|VALUE c 0 1|3|VALUE a 0 1|1|END|");
    same("set a 0 0 1|1|  get   a  |", "STORED|VALUE a 0 1|1|END|");
    same("set a 0 0 1\n1|get a\n", "STORED|VALUE a 0 1|1|END|");
    same(
        "set a 0 0 1|1|gat 100 a b|gat -1 a|get a|",
        "STORED|VALUE a 0 1|1|END|VALUE a 0 1|1|END|END|");
    same("gat x a|", BAD_EXPTIME);
  }

  private void comparing() {
    same("cas a 0 0 1 1|1|", "NOT_FOUND|");
    differs(
        "set a 0 0 1|1|gets a|cas a 2 0 1 1|2|cas a 0 0 1 1|3|gets a|",
        "STORED|VALUE a 0 1 1|1|END|STORED|EXISTS|VALUE a 2 1 2|2|END|");
    same(
        "set a 0 0 1|1|cas a 0 0 1 18446744073709551615 noreply|2|get a|",
        "STORED|VALUE a 0 1|1|END|");
    same("cas a 0 0 1|", "ERROR|");
    same("cas a 0 0 1 x|", BAD_FORMAT);
    same("cas a 0 0 1 -1|", BAD_FORMAT);
  }

  private void counting() {
    same(
        "set n 5 0 2|10|decr n 1|get n|incr n 100|get n|",
        "STORED|9|VALUE n 5 2|9 |END|109|VALUE n 5 3|109|END|");
    same(
        "set n 0 0 1|5|decr n 18446744073709551615|incr n 18446744073709551615|incr n 3|get n|",
        "STORED|0|18446744073709551615|2|VALUE n 0 20|2" + " ".repeat(19) + "|END|");
    same("incr n 1|decr n 1|", "NOT_FOUND|NOT_FOUND|");
    same("set n 0 0 1|5|incr n 2 noreply|incr n 1|", "STORED|8|");
    same("set n 0 0 1|x|incr n 1|", "STORED|" + NOT_NUMERIC);
    same("set n 0 0 0||incr n 1|", "STORED|" + NOT_NUMERIC);
    same("set n 0 0 2|-1|decr n 1|", "STORED|" + NOT_NUMERIC);
    same("set n 0 0 1|1|incr n -1|", "STORED|" + BAD_DELTA);
    same("incr n x|", BAD_DELTA);
    same("incr n 18446744073709551616|", BAD_DELTA);
    same("incr n|", "ERROR|");
    same("incr n 1 2 3|", "ERROR|");
  }

  private void removing() {
    same("delete a|", "NOT_FOUND|");
    same("set a 0 0 1|1|delete a|get a|", "STORED|DELETED|END|");
    same("set a 0 0 1|1|delete a 0|get a|", "STORED|DELETED|END|");
    same("set a 0 0 1|1|delete a noreply|get a|", "STORED|END|");
    same("set a 0 0 1|1|delete a 0 noreply|get a|", "STORED|END|");
    String usage = "CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]|";
    same("delete a 10|", usage);
    same("delete a 0 x|", usage);
    same("delete|", "ERROR|");
    same("delete a b c d|", "ERROR|");
    same("flush_all|", "OK|");
    same("flush_all noreply|flush_all 0 noreply|get a|", "END|");
    same("flush_all x|", BAD_EXPTIME);
    same("flush_all 1 2 3|", "ERROR|");
    differs(
        "set a 0 0 1|1|flush_all|get a|add a 0 0 1|2|get a|",
        "STORED|OK|END|STORED|VALUE a 0 1|2|END|");
  }

  private void others() {
    same("touch a 10|", "NOT_FOUND|");
    same(
        "set a 0 0 1|1|touch a 10|get a|touch a -1|get a|",
        "STORED|TOUCHED|VALUE a 0 1|1|END|TOUCHED|END|");
    same("touch a 1 noreply|get a|", "END|");
    same("touch a x|", BAD_EXPTIME);
    same("touch a|", "ERROR|");
    same("verbosity 1|verbosity 1 noreply|verbosity 1|", "OK|OK|");
    same("verbosity|", "ERROR|");
    same("verbosity x|", BAD_FORMAT);
    differs("version|version x|", "VERSION 1.6.0-luo|VERSION 1.6.0-luo|");
  }

  private void mistakes() {
    same("|", "ERROR|");
    same("foo|GET a|get|", "ERROR|ERROR|ERROR|");
    same("set a|set a 0 0|", "ERROR|ERROR|");
    same("set a 0 0 1 noreply x|1|", "ERROR|ERROR|");
    same("set a x 0 1|1|", BAD_FORMAT + "ERROR|");
    same("set a -1 0 1|1|", BAD_FORMAT + "ERROR|");
    same("set a 0 x 1|1|", BAD_FORMAT + "ERROR|");
    same("set a 0 0 x|set a 0 0 -1|", BAD_FORMAT + BAD_FORMAT);
    same("set a 0 0 2147483647|", BAD_FORMAT);
    same("set " + "k".repeat(251) + " 0 0 1|1|", BAD_FORMAT + "ERROR|");
    same("get " + "k".repeat(251) + "|", BAD_FORMAT);
    same("delete " + "k".repeat(251) + "|", BAD_FORMAT);
    same("set a 0 0 3|abcd|get a|", BAD_DATA + "ERROR|END|");
    same("set a 0 0 3|ab|get a|", BAD_DATA + "ERROR|");
    same("set a 0 0 3|abcdefghij|", BAD_DATA + "ERROR|");
    same("set a 0 0 1|1\r|", BAD_DATA + "ERROR|");
    same("set a 0 0 3 noreply|abcd|", "ERROR|");
  }

  /** Where this server differs: a smaller limit in the test, and control characters in keys. */
  private void ourOwn() {
    String tooLarge = "SERVER_ERROR object too large for cache|";
    String data = "x".repeat(2001) + "|";
    differs("set a 0 0 2001|" + data + "get a|", tooLarge + "END|");
    differs("set a 0 0 2001 noreply|" + data + "get a|", "END|");
    differs("set a 0 0 1|1|set a 0 0 2001|" + data + "get a|", "STORED|" + tooLarge + "END|");
    differs(
        "set a 0 0 1|1|add a 0 0 2001|" + data + "get a|",
        "STORED|" + tooLarge + "VALUE a 0 1|1|END|");
    differs("cas a 0 0 2001 1|" + data, tooLarge);
    differs("set a 0 0 1999|" + "x".repeat(1999) + "|append a 0 0 2|yy|", "STORED|" + tooLarge);
    differs("get a\u0001b|", BAD_FORMAT);
    differs("get a\tb|", BAD_FORMAT);
    differs("get a\u007f|", BAD_FORMAT);
    differs("gat 100|", "ERROR|");
    same("set \u00e4 0 0 1|1|get \u00e4|", "STORED|VALUE \u00e4 0 1|1|END|");
  }
}
