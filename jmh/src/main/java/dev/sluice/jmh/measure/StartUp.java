package dev.sluice.jmh.measure;

import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.corpus.WorkDirectory;
import dev.sluice.jmh.process.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Time from the start of a JVM to the answer of its first batch, 1 MB of lines. */
public final class StartUp {
  private static final String MAIN_CLASS = "dev.sluice.jmh.FirstBatch";
  private static final int BATCH_BYTES = 1_000_000;
  private static final double NANOS_PER_MILLI = 1e6;

  /** The same for all: small heap, first compiler only, as is usual for a Lambda function. */
  private static final List<String> FLAGS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable");

  private StartUp() {}

  /** Milliseconds of one start. */
  public static double millis(String implementation) {
    return millis(implementation, List.of());
  }

  /** Milliseconds of one start with an archive of classes (AppCDS), which is made at first. */
  public static double millisWithArchive(String implementation) {
    Path archive = WorkDirectory.path().resolve("first-batch-" + implementation + ".jsa");
    if (isStale(archive)) {
      millis(implementation, List.of("-XX:ArchiveClassesAtExit=" + archive));
    }
    return millis(implementation, List.of("-XX:SharedArchiveFile=" + archive));
  }

  /** Of another build: the JVM would start without it, silently. */
  private static boolean isStale(Path archive) {
    Path jar = WorkDirectory.path().resolve("benchmarks.jar");
    try {
      return !Files.exists(archive)
          || Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double millis(String implementation, List<String> moreFlags) {
    var flags = new ArrayList<>(FLAGS);
    flags.addAll(moreFlags);
    var child =
        ChildProcess.java(
            flags, MAIN_CLASS, implementation, GeoDatabase.file().toString(), batch().toString());
    long start = System.nanoTime();
    ChildProcess.Running running = child.start(Redirect.PIPE, Redirect.INHERIT);
    try (var output = running.process().inputReader(StandardCharsets.US_ASCII)) {
      String answer = output.readLine();
      double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
      running.await();
      if (answer == null || !answer.startsWith("answered ")) {
        throw new IllegalStateException(implementation + " gave no answer");
      }
      return millis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path batch() {
    Path file = WorkDirectory.path().resolve("first-batch.log");
    if (Files.exists(file)) {
      return file;
    }
    Lines lines = Corpus.BROWSERS.lines();
    var batch = new ByteArrayOutputStream();
    for (int i = 0; batch.size() < BATCH_BYTES; i++) {
      batch.writeBytes(lines.line(i));
      batch.write('\n');
    }
    try {
      return Files.write(file, batch.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
