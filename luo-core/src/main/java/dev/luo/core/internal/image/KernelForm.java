// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.image;

import dev.luo.core.ImageAbi;
import org.jspecify.annotations.Nullable;

/** How sessions, files and FLBs stand in the kernel's part of an image. */
enum KernelForm {
  /** luo-v5: chains of blocks, which the root leads to. */
  BLOCKS(ImageAbi.LUO_V5, KernelLayout.ROOT_LUO_V5, BlockKind.SESSIONS, BlockKind.FILES),
  /** luo-v1: areas of a fixed size, which the root leads to by a tree. */
  TREE(ImageAbi.LUO_V1, KernelLayout.ROOT_LUO_V1, BlockKind.SESSION_AREA, BlockKind.FILE_AREA);

  private final ImageAbi abi;
  private final long compatible;
  private final BlockKind sessions;
  private final BlockKind files;

  KernelForm(ImageAbi abi, long compatible, BlockKind sessions, BlockKind files) {
    this.abi = abi;
    this.compatible = compatible;
    this.sessions = sessions;
    this.files = files;
  }

  static KernelForm of(ImageAbi abi) {
    return abi == ImageAbi.LUO_V1 ? TREE : BLOCKS;
  }

  /** Returns null if no form has that name, which a root carries as a number. */
  static @Nullable KernelForm of(long compatible) {
    if (compatible == BLOCKS.compatible) {
      return BLOCKS;
    }
    return compatible == TREE.compatible ? TREE : null;
  }

  ImageAbi abi() {
    return abi;
  }

  /** Returns its name as it stands in a root. */
  long compatible() {
    return compatible;
  }

  /** Returns what sessions stand in. */
  BlockKind sessions() {
    return sessions;
  }

  /** Returns what the files of a session stand in. */
  BlockKind files() {
    return files;
  }

  /** Tells whether there is a table of FLBs; a kernel that had none left it out. */
  boolean hasFlbTable(int flbs) {
    return this == BLOCKS || flbs > 0;
  }
}
