// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.examples.memorycache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.luo.core.LiveUpdate;
import dev.luo.core.Successor;
import dev.luo.core.UpdateReport;
import dev.luo.core.UpdateReport.Fate;
import dev.luo.examples.memorycache.server.CacheServer;
import dev.luo.examples.memorycache.server.ServerOptions;
import dev.luo.examples.memorycache.table.ItemTable;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.Memfd;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.HandlerException;
import dev.luo.spi.Token;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.ArgumentCaptor;

@Timeout(60)
class CommandsTest {
  private final LiveUpdate luo = mock(LiveUpdate.class);
  private final AtomicBoolean quit = new AtomicBoolean();
  private final ServerSocketChannel listener;
  private final CacheServer server;
  private final Fd items;
  private final Commands commands;

  CommandsTest() throws IOException {
    listener =
        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    InstantSource clock = InstantSource.system();
    ItemTable table =
        ItemTable.create(Arena.ofAuto().allocate(1 << 20, 8), ItemTable.DEFAULT_ITEM_LIMIT, clock);
    server = new CacheServer(listener, table, clock, ServerOptions.DEFAULT);
    server.start();
    items = Memfd.create("items");
    FileIo.truncate(items, 1 << 20);
    commands = new Commands(luo, server, items, () -> quit.set(true));
  }

  @AfterEach
  void stop() throws IOException {
    items.close();
    server.close();
    listener.close();
  }

  @Test
  void update_refused_saysWhyAndWhatToDo() throws Exception {
    doThrow(new HandlerException("the file is busy", Errno.EBUSY)).when(luo).update(any());
    assertThat(commands.execute("update"))
        .contains("\"error\":\"the file is busy\"", "EBUSY", "ABORT_UPDATE");
  }

  @Test
  void update_toAnotherCommand() throws Exception {
    doThrow(new HandlerException("no", Errno.EBUSY)).when(luo).update(any());
    assertThat(commands.execute("update --command  java -jar  next.jar ")).contains("error");
    ArgumentCaptor<Successor> successor = ArgumentCaptor.forClass(Successor.class);
    verify(luo).update(successor.capture());
    assertThat(successor.getValue().command()).contains(List.of("java", "-jar", "next.jar"));
  }

  @Test
  void update_guarded() throws Exception {
    doThrow(new HandlerException("no", Errno.EBUSY)).when(luo).update(any());
    for (String line : List.of("update", "update --guarded", "update --guarded --command a b")) {
      assertThat(commands.execute(line)).contains("EBUSY");
    }
    ArgumentCaptor<Successor> successor = ArgumentCaptor.forClass(Successor.class);
    verify(luo, times(3)).update(successor.capture());
    assertThat(successor.getAllValues())
        .extracting(each -> each.guardian().isPresent(), Successor::command)
        .containsExactly(
            tuple(false, Optional.empty()),
            tuple(true, Optional.empty()),
            tuple(true, Optional.of(List.of("a", "b"))));
  }

  @Test
  void update_withWhatIsNoOption() throws Exception {
    for (String line : List.of("update now", "updates", "update --command", "update --guarded x")) {
      assertThat(commands.execute(line)).as(line).contains("error");
    }
    verify(luo, never()).update(any());
  }

  @Test
  void report_ofAColdStart() throws IOException {
    when(luo.report()).thenReturn(Optional.empty());
    assertThat(commands.execute("report"))
        .startsWith("{\"pid\":" + ProcessHandle.current().pid())
        .endsWith(",\"bytes\":1048576,\"allocatedBytes\":0}");
    FileIo.pwriteFully(items, Arena.ofAuto().allocate(1), 0);
    assertThat(commands.execute("report")).endsWith(",\"allocatedBytes\":4096}");
  }

  @Test
  void report_ofMemoryThatIsGone() {
    items.close();
    assertThat(commands.execute("report")).contains("\"error\"");
  }

  @Test
  void report_ofAnUpdate() {
    UpdateReport report =
        new UpdateReport(
            new UpdateReport.Course(Crossing.EXEC, 3, 1, List.of()),
            List.of(
                new UpdateReport.Phase(UpdateReport.PAUSE, 1_000_000, 2_000_000),
                new UpdateReport.Phase(UpdateReport.RESTORE, 10_000_000, 1_000_000)),
            Map.of(Fate.LIVE, 1L),
            List.of(
                new UpdateReport.FileOutcome(
                    "s", Token.of(1), Compatible.of("memfd-user-v1"), Fate.LIVE, "")),
            List.of(),
            List.of(),
            List.of());
    when(luo.report()).thenReturn(Optional.of(report));
    assertThat(commands.execute("report"))
        .contains("\"via\":\"EXEC\"", "\"generation\":3", "\"blackoutMicros\":8000")
        .contains("{\"name\":\"restore\",\"startMicros\":9000,\"micros\":1000}")
        .contains("\"compatible\":\"memfd-user-v1\",\"fate\":\"LIVE\"");
  }

  @Test
  void verify_ofASoundTable() {
    assertThat(commands.execute("verify")).isEqualTo("{\"broken\":\"\",\"items\":0}");
  }

  @Test
  void quit_isPassedOn() {
    assertThat(commands.execute("quit")).isEqualTo("{\"ends\":true}");
    assertThat(quit).isTrue();
  }

  @Test
  void unknownCommand() {
    assertThat(commands.execute("help")).contains("\"error\":\"unknown command: help\"");
    assertThat(commands.execute("")).contains("error");
  }
}
