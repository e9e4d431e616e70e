// Copyright 2026 the luo authors.
// SPDX-License-Identifier: Apache-2.0

package dev.luo.core.internal.handover.guardian;

import dev.luo.linux.Fd;
import dev.luo.linux.FileIo;
import dev.luo.linux.LinuxException;
import dev.luo.linux.Memfd;
import dev.luo.linux.process.Command;
import dev.luo.linux.process.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a guardian has to know to start the old program again, apart from what it inherits itself:
 * working directory, user, limits, standard streams and nearly all of the environment.
 *
 * <p>Travels in a memfd and not on the guardian's command line, where whoever looks for the program
 * by its command line would find the guardian too.
 *
 * @param path the file to execute
 * @param arguments the arguments, the name of the program first
 * @param withheld variables that a JVM obeys, and that were taken out of the guardian's environment
 */
record GuardianPlan(String path, List<String> arguments, Map<String, String> withheld) {
  private static final int MAX_BYTES = 64 << 20;

  GuardianPlan {
    arguments = List.copyOf(arguments);
    withheld = Map.copyOf(withheld);
  }

  /** Writes it to a new memfd. */
  Fd write() throws LinuxException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      putText(out, path);
      out.writeInt(arguments.size());
      for (String argument : arguments) {
        putText(out, argument);
      }
      out.writeInt(withheld.size());
      for (Map.Entry<String, String> variable : new TreeMap<>(withheld).entrySet()) {
        putText(out, variable.getKey());
        putText(out, variable.getValue());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    Fd memfd = Memfd.create("luo-guardian-plan");
    try (Arena arena = Arena.ofConfined()) {
      FileIo.pwriteFully(memfd, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes.toByteArray()), 0);
      return memfd;
    } catch (LinuxException failure) {
      memfd.close();
      throw failure;
    }
  }

  private static void putText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #write} wrote. */
  static GuardianPlan read(Fd memfd) throws IOException {
    long byteSize = FileIo.size(memfd);
    if (byteSize > MAX_BYTES) {
      throw new GuardianProtocolException("a plan of " + byteSize + " bytes");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(byteSize);
      FileIo.preadFully(memfd, memory, 0);
      DataInputStream in =
          new DataInputStream(new ByteArrayInputStream(memory.toArray(ValueLayout.JAVA_BYTE)));
      String path = text(in);
      List<String> arguments = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        arguments.add(text(in));
      }
      Map<String, String> withheld = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        String name = text(in);
        withheld.put(name, text(in));
      }
      return new GuardianPlan(path, arguments, withheld);
    }
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    int left = in.available();
    if (length < 0 || length > left) {
      throw new GuardianProtocolException(
          "a plan with " + left + " bytes left, of which a text claims " + length);
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  /** Returns the old program's command, as seen from the guardian. */
  Command command() {
    Environment environment = Environment.inherited();
    for (Map.Entry<String, String> variable : withheld.entrySet()) {
      environment = environment.with(variable.getKey(), variable.getValue());
    }
    return new Command(path, arguments, environment);
  }
}
