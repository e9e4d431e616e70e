// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.handler.memfd;

import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.FileIdentity;
import dev.luo.linux.FileIo;
import dev.luo.linux.FileStatus;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.SealSet;
import dev.luo.linux.StatusFlags;
import dev.luo.spi.HandlerException;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says about a memory and its open file description at one moment.
 *
 * @param identity the inode
 * @param blockSize the unit the file system prefers: the size of a page, if it is of huge pages
 * @param seals the seals, known here or not
 * @param mode the permission bits
 * @param statusFlags of the open file description
 * @param byteSize the size in bytes
 * @param position of the open file description
 */
record MemfdState(
    FileIdentity identity,
    int blockSize,
    SealSet seals,
    int mode,
    StatusFlags statusFlags,
    long byteSize,
    long position) {

  /** Read, write and execute for owner, group and others, and the three special bits. */
  static final int PERMISSIONS = 07777;

  /** Execute for owner, group and others. */
  static final int EXECUTE = 0111;

  /** Asks the kernel. */
  static MemfdState of(Fd file) throws LinuxException {
    FileStatus status = FileStatus.of(file);
    return new MemfdState(
        status.identity(),
        status.blockSize(),
        Memfd.seals(file),
        status.permissions(),
        file.statusFlags(),
        status.byteSize(),
        FileIo.position(file));
  }

  /** Whether a descriptor is one of memory that no file system knows by name. */
  static boolean isNamelessMemory(Fd file) {
    try {
      SealSet anySeals = Memfd.seals(file);
      return anySeals.bits() >= 0 && FileStatus.of(file).links() == 0;
    } catch (LinuxException noMemory) {
      // EINVAL: files other than memory know no seals. EBADF: O_PATH, or not open. No in any case.
      return false;
    }
  }

  /** The name the memory was created with, or null if it was created otherwise. */
  static @Nullable String nameOf(Fd file) throws LinuxException {
    return file.kind() == FdKind.MEMFD ? Memfd.name(file) : null;
  }

  /**
   * Refuses seals whose meaning is not known here: they might forbid what a successor has to do
   * (LUO-MFD-15).
   *
   * @return the seals
   * @throws HandlerException EOPNOTSUPP if there are such
   */
  static SealSet requireKnown(SealSet seals) throws HandlerException {
    if (seals.unknownBits() != 0) {
      throw new HandlerException(
          "memory with unknown seals 0x" + Integer.toHexString(seals.unknownBits()),
          Errno.EOPNOTSUPP);
    }
    return seals;
  }
}
