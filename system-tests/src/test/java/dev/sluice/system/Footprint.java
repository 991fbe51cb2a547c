package dev.sluice.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds, by Linux and by the JVM's own tool.
 *
 * @param heapKib used right after a collection
 * @param residentKib memory of the process that is in RAM
 */
record Footprint(long heapKib, long residentKib, long threads, long descriptors) {
  private static final Path PROC = Path.of("/proc");

  /** Of each generation of the serial collector. */
  private static final Pattern USED =
      Pattern.compile("(?:def new|tenured) generation .*used (\\d+)K");

  /** Whether this machine tells. */
  static boolean isTold() {
    return Files.exists(PROC.resolve("self").resolve("status"));
  }

  /** Collects the garbage of the process, and looks. */
  static Footprint of(long pid) {
    jcmd(pid, "GC.run");
    Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
    long heap = 0;
    while (used.find()) {
      heap += Long.parseLong(used.group(1));
    }
    Path process = PROC.resolve(Long.toString(pid));
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      String status = Files.readString(process.resolve("status"));
      return new Footprint(
          heap, number(status, "VmRSS"), number(status, "Threads"), descriptors.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(String status, String key) {
    Matcher line = Pattern.compile(key + ":\\s+(\\d+)").matcher(status);
    if (!line.find()) {
      throw new IllegalStateException("no " + key + " in " + status);
    }
    return Long.parseLong(line.group(1));
  }

  private static String jcmd(long pid, String command) {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(tool.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " of " + pid + ": " + answer);
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
