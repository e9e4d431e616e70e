// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.SESSION_NAME_WIDTH;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.Importance;
import dev.luo.spi.Handle;
import dev.luo.spi.Token;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the chain of sessions, and then the chain of files of each. */
final class SessionReader {

  private final BlockTable blocks;
  private final TableReader flags;
  private final CompatibleFields compatibles;
  private final EqualTokens equalTokens;
  private final Findings findings;
  private final BlockChainReader sessionChain;
  private final BlockChainReader fileChain;
  private final DistinctNumbers tokens = new DistinctNumbers();

  private final String[] names;
  private final long[] fileChains;
  private final long[] fileCounts;
  private final FileNumbers numbers;
  private final SessionEntry[] sessions;
  private int named;
  private int read;

  /**
   * Prepares to read.
   *
   * @param flags the flags of all files
   */
  SessionReader(
      KernelForm form,
      BlockTable blocks,
      TableReader flags,
      CompatibleFields compatibles,
      EqualTokens equalTokens,
      Findings findings)
      throws ImageRefusedException {
    if (blocks.sessionCount() > form.abi().maxSessions()) {
      findings.error(
          "block table",
          0,
          "entries",
          blocks.sessionCount() + " sessions, and " + form.abi().maxSessions() + " are possible");
    }
    if (blocks.fileCount() != flags.size()) {
      flags.error(
          0, "length", "flags of " + flags.size() + " files, and there are " + blocks.fileCount());
    }
    this.blocks = blocks;
    this.flags = flags;
    this.compatibles = compatibles;
    this.equalTokens = equalTokens;
    this.findings = findings;
    this.sessionChain = new BlockChainReader(blocks, form.sessions(), findings);
    this.fileChain = new BlockChainReader(blocks, form.files(), findings);
    int count = Math.toIntExact(blocks.sessionCount());
    this.names = new String[count];
    this.fileChains = new long[count];
    this.fileCounts = new long[count];
    this.numbers = new FileNumbers(count);
    this.sessions = new SessionEntry[count];
  }

  /**
   * Reads all of it.
   *
   * @param firstBlock address of the first session block, 0 if there are no sessions
   */
  void read(long firstBlock) throws ImageRefusedException {
    readSessionChain(firstBlock);
    while (read < named) {
      FileEntry[] files = readFiles(read);
      sessions[read] = new SessionEntry(names[read], List.of(files));
      numbers.add(files.length);
      read++;
    }
    flags.end();
  }

  private void readSessionChain(long firstBlock) throws ImageRefusedException {
    Set<String> distinct = HashSet.newHashSet(names.length);
    sessionChain.begin(firstBlock);
    readSessions(distinct);
    if (named != names.length) {
      sessionChain.error(
          "next",
          "the chain ends after " + named + " sessions, and the block table has " + names.length);
      while (sessionChain.resume()) {
        readSessions(distinct);
      }
    }
  }

  private void readSessions(Set<String> distinct) throws ImageRefusedException {
    while (sessionChain.advance()) {
      Page page = sessionChain.page();
      int at = sessionChain.at();
      String name =
          TextField.read(
              page,
              at + KernelLayout.SESSION_NAME,
              SESSION_NAME_WIDTH,
              sessionChain,
              "name",
              findings);
      if (!distinct.add(name)) {
        sessionChain.error("name", "a second session \"" + name + '"');
      }
      names[named] = name;
      fileChains[named] = page.u64(at + KernelLayout.SESSION_FILES);
      fileCounts[named] = page.u64(at + KernelLayout.SESSION_COUNT);
      named++;
    }
  }

  private FileEntry[] readFiles(int session) throws ImageRefusedException {
    fileChain.begin(fileChains[session]);
    if (fileChains[session] == 0) {
      if (fileCounts[session] != 0) {
        findings.warning(
            "session \"" + names[session] + '"',
            0,
            "count",
            "session \""
                + names[session]
                + "\" is taken as empty: it has no block for its "
                + Long.toUnsignedString(fileCounts[session])
                + " files");
      }
      return new FileEntry[0];
    }
    long count = fileCounts[session];
    long left = blocks.fileCount() - numbers.count();
    if (count < 1 || count > left) {
      fileChain.error(
          "count",
          "session \""
              + names[session]
              + "\" with "
              + Long.toUnsignedString(count)
              + " files, where "
              + left
              + " are left");
      count = 0;
    }
    FileEntry[] files = new FileEntry[(int) count];
    tokens.begin(files.length);
    int taken = 0;
    while (fileChain.advance()) {
      if (taken == files.length) {
        fileChain.error(
            "count", "more files than the " + count + " of session \"" + names[session] + '"');
        files = Arrays.copyOf(files, 2 * taken + 64);
      }
      files[taken++] = readFile();
    }
    if (taken != files.length) {
      fileChain.error(
          "count", taken + " files, and session \"" + names[session] + "\" has " + count);
      files = Arrays.copyOf(files, taken);
    }
    int duplicate = equalTokens == EqualTokens.REFUSED ? tokens.duplicate() : -1;
    if (duplicate >= 0) {
      fileChain.error(
          "token", "two files with the token 0x" + Long.toHexString(tokens.at(duplicate)));
    }
    return files;
  }

  private FileEntry readFile() throws ImageRefusedException {
    Page page = fileChain.page();
    int at = fileChain.at();
    int record = flags.next();
    int flag = record < 0 ? 0 : flags.page().u32(record);
    if ((flag & ~(DirectoryLayout.FILE_FROZEN | DirectoryLayout.FILE_OPTIONAL)) != 0) {
      flags.error(0, "flags", "flags 0x" + Integer.toHexString(flag));
    }
    long token = page.u64(at + KernelLayout.FILE_TOKEN);
    tokens.add(token);
    return new FileEntry(
        compatibles.read(page, at + KernelLayout.FILE_COMPATIBLE, fileChain, findings),
        Handle.of(page.u64(at + KernelLayout.FILE_DATA)),
        Token.of(token),
        (flag & DirectoryLayout.FILE_FROZEN) != 0,
        (flag & DirectoryLayout.FILE_OPTIONAL) != 0 ? Importance.OPTIONAL : Importance.MANDATORY);
  }

  /** Returns the sessions that have been read. */
  List<SessionEntry> sessions() {
    return read == sessions.length
        ? List.of(sessions)
        : List.copyOf(Arrays.asList(sessions).subList(0, read));
  }

  /** Returns the numbers of the files, once all have been read. */
  FileNumbers numbers() {
    return numbers;
  }
}
