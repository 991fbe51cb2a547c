package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a JVM uses.
 *
 * @param liveBytes objects on its heap after a full collection
 */
record Footprint(long liveBytes, long threads, long openFiles) {

  static Footprint of(long pid) throws IOException, InterruptedException {
    long live = liveBytes(pid); // first: it starts a thread of the JVM
    return new Footprint(
        live, entries(Path.of("/proc/" + pid + "/task")), entries(Path.of("/proc/" + pid + "/fd")));
  }

  /** The last line of jcmd's histogram: the word Total, objects, bytes. */
  private static long liveBytes(long pid) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String histogram = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
    assertThat(jcmd.waitFor()).as(histogram).isZero();
    String total = histogram.strip().substring(histogram.strip().lastIndexOf('\n') + 1);
    assertThat(total).startsWith("Total");
    return Long.parseLong(total.split("\\s+")[2]);
  }

  private static long entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }
}
