package dev.sluice.jmh.measure;

import dev.sluice.jmh.corpus.GeoDatabase;
import dev.sluice.jmh.corpus.WorkDirectory;
import dev.sluice.jmh.firehose.HandlerKind;
import dev.sluice.jmh.process.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that answers Firehose events from its start on, as an execution environment does. */
public final class FunctionProcess {
  private static final String MAIN_CLASS = "dev.sluice.jmh.FirstEvent";
  private static final double NANOS_PER_MILLI = 1e6;

  /**
   * The same for all: half of 512 MB as heap, and the first compiler only, which is what Lambda's
   * own runtimes of Java do.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize
   *     Java runtime startup behavior, default tiered compilation</a>
   */
  public static final List<String> FLAGS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final List<String> QUIET =
      List.of("-Xlog:disable", "-Dslf4j.internal.verbosity=ERROR");

  private final HandlerKind kind;
  private final Path event;

  /**
   * What a process has told.
   *
   * @param firstMillis from the start of the JVM to the first answer
   * @param firstProcessorMillis processor time of all threads until then, in steps of ten; not a
   *     number where the system does not tell
   * @param responseBytes of an answer
   * @param warmMillis processor time of an event, mean of the second half; not a number when there
   *     was but one
   * @param peakResidentMegabytes most memory that the process had, mapped files included; not a
   *     number where the system does not tell
   */
  public record Run(
      double firstMillis,
      double firstProcessorMillis,
      long responseBytes,
      double warmMillis,
      double peakResidentMegabytes) {}

  public FunctionProcess(HandlerKind kind, Path event) {
    this.kind = kind;
    this.event = event;
  }

  /** One start, and one event. */
  public Run start() {
    return run(List.of(), 0);
  }

  /** One start with an archive of classes (AppCDS), which is made at first, and one event. */
  public Run startWithArchive() {
    Path file = WorkDirectory.path().resolve("first-event-" + kind.label() + ".jsa");
    var archive = new ClassArchive(file);
    if (archive.isOlderThan(WorkDirectory.path().resolve("benchmarks.jar"))) {
      archive.write(flags -> child(flags, 0).run());
    }
    return run(archive.flags(), 0);
  }

  /** One start, and the event again and again. */
  public Run steady(int eventsAfterTheFirst) {
    return run(List.of(), eventsAfterTheFirst);
  }

  /** The same with both compilers, as with {@code JAVA_TOOL_OPTIONS} of the function. */
  public Run steadyWithBothCompilers(int eventsAfterTheFirst) {
    return run(List.of("-XX:TieredStopAtLevel=4"), eventsAfterTheFirst);
  }

  private ChildProcess child(List<String> moreFlags, int again) {
    var flags = new ArrayList<>(FLAGS);
    flags.addAll(QUIET);
    flags.addAll(moreFlags);
    return ChildProcess.java(
        flags,
        MAIN_CLASS,
        kind.label(),
        GeoDatabase.file().toString(),
        event.toString(),
        Integer.toString(again));
  }

  private Run run(List<String> moreFlags, int again) {
    ChildProcess child = child(moreFlags, again);
    long start = System.nanoTime();
    ChildProcess.Running running = child.start(Redirect.PIPE, Redirect.INHERIT);
    try (BufferedReader output = running.process().inputReader(StandardCharsets.US_ASCII)) {
      double bytes = number("answered ", output.readLine());
      double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
      double processor = number("processor ", output.readLine());
      double warm = again > 0 ? number("warm ", output.readLine()) : Double.NaN;
      double resident = again > 0 ? number("resident ", output.readLine()) : Double.NaN;
      running.await();
      return new Run(millis, processor, (long) bytes, warm, resident);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double number(String word, String line) {
    if (line == null || !line.startsWith(word)) {
      throw new IllegalStateException(kind + " gave no answer, but: " + line);
    }
    return Double.parseDouble(line.substring(word.length()));
  }
}
