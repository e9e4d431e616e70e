// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.luo.core.ImageAbi;
import dev.luo.core.ImageRefusedException;
import dev.luo.core.Importance;
import dev.luo.core.IncomingSession;
import dev.luo.core.LiveUpdate;
import dev.luo.core.Options;
import dev.luo.core.internal.conduct.Conduct;
import dev.luo.core.internal.handover.InheritedHandover;
import dev.luo.core.internal.image.FileEntry;
import dev.luo.core.internal.image.ImageContent;
import dev.luo.core.internal.image.ImageIdentity;
import dev.luo.core.internal.image.ImageWriter;
import dev.luo.core.internal.image.Owner;
import dev.luo.core.internal.image.PageSource;
import dev.luo.core.internal.image.SessionEntry;
import dev.luo.core.internal.image.SlotEntry;
import dev.luo.core.internal.image.Stamp;
import dev.luo.core.internal.registry.HandlerRegistry;
import dev.luo.core.internal.session.Arrival;
import dev.luo.core.internal.session.Intake;
import dev.luo.linux.Errno;
import dev.luo.linux.Fd;
import dev.luo.linux.FdKind;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Mapping;
import dev.luo.linux.Memfd;
import dev.luo.spi.Compatible;
import dev.luo.spi.Crossing;
import dev.luo.spi.FileHandler;
import dev.luo.spi.FinishContext;
import dev.luo.spi.Handle;
import dev.luo.spi.IncomingContext;
import dev.luo.spi.LuoException;
import dev.luo.spi.Origin;
import dev.luo.spi.OutgoingContext;
import dev.luo.spi.Preserved;
import dev.luo.spi.PreservedContext;
import dev.luo.spi.Restored;
import dev.luo.spi.Slot;
import dev.luo.spi.Token;
import dev.luo.testing.NoDescriptorLeaks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Images that no luo writes, and what an opening says of them. */
@NoDescriptorLeaks
class IntakeTest {

  private static final long NONCE = 4711;
  private static final long BYTE_SIZE = 1 << 20;
  private static final Compatible NUMBERED = Compatible.of("numbered-v1");

  private final List<String> calls = new ArrayList<>();
  private final Options safe =
      Options.crossings(Crossing.EXEC)
          .withoutDiscovery()
          .memoryReserve(1 << 22)
          .handler(new NumberedHandler());
  private Fd memory;

  @BeforeEach
  void allocate() throws Exception {
    memory = Memfd.create("luo-handover");
    FileIo.truncate(memory, BYTE_SIZE);
  }

  @AfterEach
  void close() {
    memory.close();
  }

  private void write(SessionEntry... sessions) throws Exception {
    write(List.of(sessions), List.of());
  }

  private void write(List<SessionEntry> sessions, List<SlotEntry> slots) throws Exception {
    ImageContent content =
        new ImageContent(
            Origin.HANDOVER, new Stamp(1, 2), sessions, List.of(), slots, List.of(), List.of());
    try (Mapping mapping = Mapping.map(memory, BYTE_SIZE)) {
      ImageIdentity identity = new ImageIdentity(NONCE, 1, new UUID(1, 2));
      ImageWriter.format(mapping.segment(), new Pages(), identity, ImageAbi.LUO_V5)
          .publish(content);
    }
  }

  private static SessionEntry session(String name, FileEntry... files) {
    return new SessionEntry(name, List.of(files));
  }

  private static FileEntry file(long token, long handle) {
    return new FileEntry(NUMBERED, Handle.of(handle), Token.of(token), true, Importance.MANDATORY);
  }

  private LiveUpdate open(Options options) throws LuoException {
    HandlerRegistry registry = Opening.registry(options);
    Arrival arrival =
        Arrival.receive(
            Crossing.EXEC,
            memory,
            NONCE,
            slot -> Optional.empty(),
            new Intake(Conduct.of(options), registry));
    return Opening.open(
        options,
        registry,
        new Surroundings(Optional.of(arrival), Optional.empty(), System.nanoTime(), () -> {}));
  }

  private void isRefused(Options options, Errno errno, String why) {
    assertThatExceptionOfType(ImageRefusedException.class)
        .isThrownBy(() -> open(options))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.errno()).isEqualTo(errno));
    assertThat(memory.isOpen()).isTrue();
    assertThat(calls).isEmpty();
  }

  @Test
  void dev07_dev08_des01_imageThatIsNoneIsRefusedEachTime() {
    for (int attempt = 1; attempt <= 2; attempt++) {
      isRefused(safe, Errno.EINVAL, "header");
      isRefused(safe.strict(), Errno.EIO, "header");
    }
  }

  @Test
  void des07_sessionsOfOneNameRefuseTheImage() throws Exception {
    write(session("s"), session("t"), session("s"));

    isRefused(safe, Errno.EINVAL, "a second session \"s\"");
    isRefused(safe.strict(), Errno.EIO, "a second session \"s\"");
  }

  @Test
  void des12_equalTokensRefuseTheImage() throws Exception {
    write(session("s", file(1, 10), file(1, 11)));

    isRefused(safe, Errno.EINVAL, "two files with the token 0x1");
  }

  @Test
  void des12_strictly_theFirstOfEqualTokensIsFoundAndAllAreFinished() throws Exception {
    write(session("s", file(1, 10), file(2, 20), file(1, 11)));

    try (LiveUpdate luo = open(safe.strict());
        IncomingSession session = luo.retrieveSession("s")) {
      assertThat(session.tokens()).containsExactly(Token.of(1), Token.of(2));
      session.retrieve(Token.of(1)).file().close();
      session.finish();
    }
    assertThat(calls).containsExactly("retrieve 10", "finish 11", "finish 20", "finish 10");
  }

  @Test
  void des08_strictly_missingHandlerIsSaidWithItsFile() throws Exception {
    FileEntry unknown =
        new FileEntry(
            Compatible.of("unknown-v1"), Handle.NONE, Token.of(7), true, Importance.OPTIONAL);
    write(session("s", file(1, 10)), session("t", unknown));

    isRefused(safe.strict(), Errno.EIO, "token 0x7 needs a handler for unknown-v1");
  }

  @Test
  void slotThatNamesNoNumber_hasNotArrivedOverAnExec() throws Exception {
    Owner owner = new Owner.OfFile(0, 0);
    SlotEntry slot =
        new SlotEntry(
            new Slot(1), owner, SlotEntry.TOLD_OTHERWISE, FdKind.MEMFD, memory.identity());
    write(List.of(session("s", file(1, 10))), List.of(slot));

    Arrival arrival =
        Opening.receive(
            new InheritedHandover(memory, NONCE, Optional.empty()),
            new Intake(Conduct.of(safe), Opening.registry(safe)));

    assertThat(arrival.descriptors().find(slot.slot(), owner)).isEmpty();
    arrival.abandon();
  }

  /** Gives pages out from the second one on, and takes none back. */
  private static final class Pages implements PageSource {
    private long next = 4096;

    @Override
    public long allocate(long byteSize, long alignment) {
      long offset = (next + alignment - 1) & -alignment;
      next = offset + byteSize;
      return offset;
    }

    @Override
    public void free(long offset, long byteSize) {}
  }

  /** Rebuilds nothing: a handle is a number, and every file a new memfd. */
  private final class NumberedHandler implements FileHandler<@Nullable Void> {

    @Override
    public Compatible compatible() {
      return NUMBERED;
    }

    @Override
    public boolean canPreserve(Fd file) {
      return false;
    }

    @Override
    public Preserved<@Nullable Void> preserve(OutgoingContext context) {
      throw new AssertionError("takes nothing");
    }

    @Override
    public void unpreserve(PreservedContext<@Nullable Void> context) {}

    @Override
    public Restored retrieve(IncomingContext context) throws IOException {
      calls.add("retrieve " + context.handle().value());
      return Restored.live(memfd());
    }

    private static Fd memfd() throws LinuxException {
      return Memfd.create("numbered");
    }

    @Override
    public void finish(FinishContext context) {
      calls.add("finish " + context.handle().value());
    }
  }
}
