// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import static dev.luo.core.internal.image.KernelLayout.SESSION_NAME_WIDTH;

import dev.luo.core.ImageRefusedException;
import dev.luo.core.Importance;
import dev.luo.spi.Handle;
import dev.luo.spi.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the chain of sessions, and then the chain of files of each. */
final class SessionReader {

  private final BlockTable blocks;
  private final TableReader flags;
  private final CompatibleFields compatibles;
  private final EqualTokens equalTokens;
  private final BlockChainReader fileChain;
  private final DistinctNumbers tokens = new DistinctNumbers();
  private final List<String> warnings = new ArrayList<>();

  private final String[] names;
  private final long[] fileChains;
  private final long[] fileCounts;
  private final FileNumbers numbers;

  /**
   * Prepares to read.
   *
   * @param flags the flags of all files
   */
  SessionReader(
      BlockTable blocks, TableReader flags, CompatibleFields compatibles, EqualTokens equalTokens)
      throws ImageRefusedException {
    if (blocks.sessionCount() > ImageContent.MAX_SESSIONS) {
      throw new ImageRefusedException(
          "block table",
          blocks.sessionCount() + " sessions, and " + ImageContent.MAX_SESSIONS + " are possible");
    }
    if (blocks.fileCount() != flags.size()) {
      throw flags.refuse(
          "flags of " + flags.size() + " files, and there are " + blocks.fileCount());
    }
    this.blocks = blocks;
    this.flags = flags;
    this.compatibles = compatibles;
    this.equalTokens = equalTokens;
    this.fileChain = new BlockChainReader(blocks, BlockKind.FILES);
    int sessions = (int) blocks.sessionCount();
    this.names = new String[sessions];
    this.fileChains = new long[sessions];
    this.fileCounts = new long[sessions];
    this.numbers = new FileNumbers(sessions);
  }

  /**
   * Reads all of it.
   *
   * @param firstBlock address of the first session block, 0 if there are no sessions
   */
  List<SessionEntry> read(long firstBlock) throws ImageRefusedException {
    readSessionChain(firstBlock);
    SessionEntry[] sessions = new SessionEntry[names.length];
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = new SessionEntry(names[i], readFiles(i));
    }
    flags.end();
    return List.of(sessions);
  }

  private void readSessionChain(long firstBlock) throws ImageRefusedException {
    BlockChainReader chain = new BlockChainReader(blocks, BlockKind.SESSIONS);
    Set<String> distinct = HashSet.newHashSet(names.length);
    chain.begin(firstBlock);
    int read = 0;
    while (chain.advance()) {
      Page page = chain.page();
      int at = chain.at();
      String name = TextField.read(page, at + KernelLayout.SESSION_NAME, SESSION_NAME_WIDTH, chain);
      if (!distinct.add(name)) {
        throw chain.refuse("a second session \"" + name + '"');
      }
      names[read] = name;
      fileChains[read] = page.u64(at + KernelLayout.SESSION_FILES);
      fileCounts[read] = page.u64(at + KernelLayout.SESSION_COUNT);
      read++;
    }
    if (read != names.length) {
      throw chain.refuse(
          "the chain ends after " + read + " sessions, and the block table has " + names.length);
    }
  }

  private List<FileEntry> readFiles(int session) throws ImageRefusedException {
    int left = flags.size() - numbers.count();
    fileChain.begin(fileChains[session]);
    if (fileChains[session] == 0) {
      if (fileCounts[session] != 0) {
        warnings.add(
            "session \""
                + names[session]
                + "\" is taken as empty: it has no block for its "
                + Long.toUnsignedString(fileCounts[session])
                + " files");
      }
      numbers.add(0);
      return List.of();
    }
    long count = fileCounts[session];
    if (count < 1 || count > left) {
      throw fileChain.refuse(
          "session \""
              + names[session]
              + "\" with "
              + Long.toUnsignedString(count)
              + " files, where "
              + left
              + " are left");
    }
    FileEntry[] files = new FileEntry[(int) count];
    tokens.begin(files.length);
    int read = 0;
    while (fileChain.advance()) {
      if (read == files.length) {
        throw fileChain.refuse(
            "more files than the " + count + " of session \"" + names[session] + '"');
      }
      files[read++] = readFile();
    }
    if (read != files.length) {
      throw fileChain.refuse(read + " files, and session \"" + names[session] + "\" has " + count);
    }
    int duplicate = equalTokens == EqualTokens.REFUSED ? tokens.duplicate() : -1;
    if (duplicate >= 0) {
      throw fileChain.refuse(
          "two files with the token 0x" + Long.toHexString(tokens.at(duplicate)));
    }
    numbers.add(read);
    return List.of(files);
  }

  private FileEntry readFile() throws ImageRefusedException {
    Page page = fileChain.page();
    int at = fileChain.at();
    int flag = flags.page().u32(flags.next());
    if ((flag & ~(DirectoryLayout.FILE_FROZEN | DirectoryLayout.FILE_OPTIONAL)) != 0) {
      throw flags.refuse("flags 0x" + Integer.toHexString(flag));
    }
    long token = page.u64(at + KernelLayout.FILE_TOKEN);
    tokens.add(token);
    return new FileEntry(
        compatibles.read(page, at + KernelLayout.FILE_COMPATIBLE, fileChain),
        Handle.of(page.u64(at + KernelLayout.FILE_DATA)),
        Token.of(token),
        (flag & DirectoryLayout.FILE_FROZEN) != 0,
        (flag & DirectoryLayout.FILE_OPTIONAL) != 0 ? Importance.OPTIONAL : Importance.MANDATORY);
  }

  /** Returns the numbers of the files, once all have been read. */
  FileNumbers numbers() {
    return numbers;
  }

  /** Returns what was odd and is accepted all the same (LUO-DES-10). */
  List<String> warnings() {
    return warnings;
  }
}
