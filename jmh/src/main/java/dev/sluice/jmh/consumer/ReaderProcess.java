package dev.sluice.jmh.consumer;

import dev.sluice.jmh.measure.PeakMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A reader of the stream in a JVM and a heap of its own; settings come by its environment. */
final class ReaderProcess implements AutoCloseable {
  /** The same for both: the heap of the goal, and an end that shows when it is not enough. */
  private static final List<String> FLAGS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", ConsumerRun.QUIET);

  /** The grace of the consumer and some more. */
  private static final Duration MAX_STOP = Duration.ofSeconds(60);

  private static final double MILLIS_PER_SECOND = 1e3;

  private final ReaderKind kind;
  private final Process process;

  private ReaderProcess(ReaderKind kind, Process process) {
    this.kind = kind;
    this.process = process;
  }

  static ReaderProcess start(ReaderKind kind, Map<String, String> settings) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), kind.mainClass()));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(ReaderProcess::isHint);
    builder.environment().putAll(settings);
    builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.INHERIT);
    try {
      Process process = builder.start();
      // It must not outlive a run that is broken off.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "reader-end"));
      return new ReaderProcess(kind, process);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + kind.label(), e);
    }
  }

  /** Variables that the SDK or the JVM would listen to. */
  private static boolean isHint(String variable) {
    String name = variable.toUpperCase(Locale.ROOT);
    return name.startsWith("AWS_")
        || name.endsWith("_PROXY")
        || name.endsWith("JAVA_OPTIONS")
        || name.equals("JAVA_TOOL_OPTIONS");
  }

  /** Processor time of all threads since the start, in steps of ten milliseconds. */
  double processorSeconds() {
    return process
            .info()
            .totalCpuDuration()
            .orElseThrow(() -> new IllegalStateException("the system tells no processor time"))
            .toMillis()
        / MILLIS_PER_SECOND;
  }

  /** The most that was resident so far; not a number where the system does not tell. */
  double residentMegabytes() {
    try {
      return PeakMemory.residentMegabytes(process.pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          kind.label() + " ended by itself with " + process.exitValue());
    }
  }

  /** SIGTERM; answers the exit code. */
  int stop() {
    process.destroy();
    try {
      if (!process.waitFor(MAX_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(kind.label() + " does not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + kind.label() + " stops", e);
    }
    return process.exitValue();
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
