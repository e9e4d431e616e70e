// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import dev.luo.core.internal.file.IdentityMap.Entry;
import dev.luo.core.internal.file.IdentityMap.Holder;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.spi.IdentityScope;
import java.util.Optional;
import java.util.function.Predicate;

/** What is in luo's hands of one inode. Guarded by {@link IdentityMap}. */
sealed interface SameInode permits Entry, SeveralOfAnInode {

  /**
   * Finds what is the same thing as a descriptor of this inode.
   *
   * @param scope what makes it so, as far as the descriptor is concerned
   */
  Optional<Entry> find(Fd fd, IdentityScope scope, Predicate<Holder> wanted) throws LinuxException;
}
