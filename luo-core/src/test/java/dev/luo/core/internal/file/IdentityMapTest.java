// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.AlreadyPreservedException;
import dev.luo.core.internal.callback.FileName;
import dev.luo.core.internal.file.IdentityMap.Entry;
import dev.luo.core.internal.file.OpenFiles.FileOrder;
import dev.luo.linux.EventFd;
import dev.luo.linux.Fd;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.OpenFileOrder;
import dev.luo.spi.Compatible;
import dev.luo.spi.IdentityScope;
import dev.luo.spi.Token;
import dev.luo.testing.Facilities;
import dev.luo.testing.NoDescriptorLeaks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NoDescriptorLeaks
class IdentityMapTest {

  private final List<Fd> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(Fd::close);
  }

  private Fd eventFd() throws LinuxException {
    Fd fd = EventFd.create(0);
    opened.add(fd);
    return fd;
  }

  private Fd copy(Fd of) throws LinuxException {
    Fd fd = of.duplicate();
    opened.add(fd);
    return fd;
  }

  private static IdentityMap.Holder token(long token) {
    FileName name = new FileName("s", Token.of(token), Compatible.of("any-v1"));
    return () -> name;
  }

  private static Entry claim(IdentityMap map, Fd fd, long token) throws Exception {
    return map.claim(fd, IdentityScope.OPEN_FILE, token(token));
  }

  /** The kernel's order, counted; or none, as where kcmp is forbidden. */
  private static final class Counted implements FileOrder {
    private final boolean known;
    private int comparisons;

    Counted(boolean known) {
      this.known = known;
    }

    @Override
    public boolean isKnown(Fd any) {
      return known;
    }

    @Override
    public int compare(Fd first, Fd second) throws LinuxException {
      comparisons++;
      return OpenFileOrder.compare(first, second);
    }
  }

  @Test
  void claim_amongThousandsOfOneInode_asksTheKernelAFewTimes() throws Exception {
    Counted order = new Counted(true);
    IdentityMap map = new IdentityMap(order);
    Fd any = eventFd();
    Facilities.require("kcmp", OpenFileOrder.isKnown(any), "kcmp is missing or forbidden");
    int things = 3000;
    List<Entry> entries = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < things; i++) {
      int before = order.comparisons;
      entries.add(claim(map, eventFd(), i));
      most = Math.max(most, order.comparisons - before);
    }

    // Looked for and then entered, in a tree whose height is at most twice the logarithm.
    assertThat(most).isLessThanOrEqualTo(2 * 2 * 12);

    Fd again = copy(opened.get(things / 2));
    assertThatExceptionOfType(AlreadyPreservedException.class)
        .isThrownBy(() -> claim(map, again, things));
    assertThat(map.find(again, anybody -> true)).contains(entries.get(things / 2 - 1));
    entries.forEach(map::release);
    assertThat(map.find(again, anybody -> true)).isEmpty();
  }

  @Test
  void claim_ofAnInode_asksTheKernelNothing() throws Exception {
    Counted order = new Counted(true);
    IdentityMap map = new IdentityMap(order);
    for (int i = 0; i < 100; i++) {
      Fd memfd = Memfd.create("any");
      opened.add(memfd);
      map.claim(memfd, IdentityScope.INODE, token(i));
    }

    assertThat(order.comparisons).isZero();
  }

  @Test
  void fil11_fil13_oneFileIsClaimedOnceWhetherOrNotThereIsAnOrder() throws Exception {
    for (boolean known : new boolean[] {true, false}) {
      IdentityMap map = new IdentityMap(new Counted(known));
      Fd first = eventFd();
      Fd second = eventFd();
      Fd third = eventFd();
      claim(map, first, 1);
      Entry entry = claim(map, second, 2);
      claim(map, third, 3);

      assertThatExceptionOfType(AlreadyPreservedException.class)
          .isThrownBy(() -> claim(map, copy(second), 4))
          .withMessageContaining("token 0x2");

      map.release(entry);
      claim(map, copy(second), 4);
    }
  }

  @Test
  void fil12_anInodeThatDecidesCollidesWithEveryFileOfIt() throws Exception {
    IdentityMap map = new IdentityMap();
    claim(map, eventFd(), 1);
    claim(map, eventFd(), 2);

    assertThatExceptionOfType(AlreadyPreservedException.class)
        .isThrownBy(() -> map.claim(eventFd(), IdentityScope.INODE, token(3)));
  }

  @Test
  void fil42_retrievedThingsMayCollide() throws Exception {
    for (boolean known : new boolean[] {true, false}) {
      IdentityMap map = new IdentityMap(new Counted(known));
      Fd fd = eventFd();
      Fd copy = copy(fd);
      Entry first = map.add(fd, IdentityScope.OPEN_FILE, token(1));
      Entry second = map.add(copy, IdentityScope.OPEN_FILE, token(2));

      assertThat(map.find(fd, second.holder()::equals)).contains(second);
      map.release(first);
      fd.close();
      assertThat(map.find(copy, anybody -> true)).contains(second);
      map.release(second);
      claim(map, copy, 3);
    }
  }

  @Test
  void release_twiceIsABug() throws Exception {
    IdentityMap map = new IdentityMap();
    Entry entry = claim(map, eventFd(), 1);
    claim(map, eventFd(), 2);
    map.release(entry);

    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> map.release(entry));
  }
}
