package dev.sluice.jmh.ratios;

import dev.sluice.jmh.consumer.ConsumerRun;
import dev.sluice.jmh.corpus.Corpus;
import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.Lines;
import dev.sluice.jmh.corpus.WorkDirectory;
import dev.sluice.jmh.functions.FunctionKind;
import dev.sluice.jmh.measure.Medians;
import dev.sluice.jmh.process.ChildProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * The files function on a log of 1 GB and on one of 200 MB gzip, each in a heap of 512 MB, against
 * itself with enrichment off. A process that runs out of memory fails the row.
 */
final class FilesRows {
  private static final Bound BOUND = Bound.atLeast(0.8);
  private static final String MAIN_CLASS = "dev.sluice.jmh.files.FilesRun";
  private static final long LOG_BYTES = 1_000_000_000L;
  private static final long GZIP_BYTES = 200_000_000L;
  private static final long SMOKE_BYTES = 2_000_000L;

  private FilesRows() {}

  /** What one run of a process printed. */
  private record Run(double lines, double processorSeconds, double seconds) {}

  static List<Row> measure(int rounds) {
    return List.of(
        row("Files function: 1 GB .log, off / enrich", log(LOG_BYTES), rounds),
        row("Files function: 200 MB .log.gz, off / enrich", gzip(GZIP_BYTES), rounds));
  }

  /** The shortest run there is; judges that every line arrives, and no speed. */
  static void smoke() {
    run(FunctionKind.ENRICH, gzip(SMOKE_BYTES));
    run(FunctionKind.OFF, log(SMOKE_BYTES));
  }

  private static Row row(String name, Path file, int rounds) {
    var enrich = new ArrayList<Run>();
    var off = new ArrayList<Run>();
    for (int round = 0; round < rounds; round++) {
      enrich.add(run(FunctionKind.ENRICH, file));
      off.add(run(FunctionKind.OFF, file));
    }
    double with = Medians.of(enrich.stream().map(Run::processorSeconds).toList());
    double without = Medians.of(off.stream().map(Run::processorSeconds).toList());
    return Row.of(
        name,
        without / with,
        BOUND,
        String.format(
            Locale.ROOT,
            "%.1f s / %.1f s of processor time for %,.0f lines; %.1f s / %.1f s by the clock;"
                + " heap 512 MB",
            without,
            with,
            enrich.get(0).lines(),
            Medians.of(off.stream().map(Run::seconds).toList()),
            Medians.of(enrich.stream().map(Run::seconds).toList())));
  }

  private static Run run(FunctionKind kind, Path file) {
    Path classPathFile = WorkDirectory.path().resolve("consumer.classpath");
    String classPath;
    try {
      classPath =
          WorkDirectory.path().resolve("classes") + ":" + Files.readString(classPathFile).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + classPathFile, e);
    }
    String[] words =
        ChildProcess.of(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    ConsumerRun.QUIET,
                    "-cp",
                    classPath,
                    MAIN_CLASS,
                    kind.label(),
                    file.toString(),
                    GeoDatabase.file().toString()))
            .output()
            .strip()
            .split(" ");
    return new Run(
        Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
  }

  private static Path log(long bytes) {
    return repeated("files-" + bytes + ".log", corpus(), bytes);
  }

  /** Members of all lines of the corpus, one after the other. */
  private static Path gzip(long bytes) {
    var member = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(member)) {
      gzip.write(corpus());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only
    }
    return repeated("files-" + bytes + ".log.gz", member.toByteArray(), bytes);
  }

  private static byte[] corpus() {
    Lines lines = Corpus.REAL.lines();
    var bytes = new ByteArrayOutputStream();
    for (int line = 0; line < lines.count(); line++) {
      bytes.write(lines.bytes(), lines.from(line), lines.to(line) - lines.from(line));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  /** Written once, as often as it takes to reach the size. */
  private static Path repeated(String name, byte[] part, long bytes) {
    Path file = WorkDirectory.path().resolve(name);
    if (Files.exists(file)) {
      return file;
    }
    Path unfinished = WorkDirectory.path().resolve(name + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        for (long written = 0; written < bytes; written += part.length) {
          out.write(part);
        }
      }
      return Files.move(unfinished, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
