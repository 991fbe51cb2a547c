package dev.sluice.jmh.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.enricher.Enricher;
import dev.sluice.enricher.Settings;
import dev.sluice.files.FileFunction;
import dev.sluice.files.FilesHandler;
import dev.sluice.files.FilesSettings;
import dev.sluice.files.log.LineWork;
import dev.sluice.files.notice.Notices;
import dev.sluice.files.tracing.Tracing;
import dev.sluice.jmh.firehose.OneMinute;
import dev.sluice.jmh.functions.FunctionKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One log through the function, from an event to its item, in this JVM; the bucket is a file of
 * this machine, the tables are memory. Arguments: enrich or off, the file, the City database.
 *
 * <p>Prints lines, seconds of processor time, and seconds by the clock.
 */
public final class FilesRun {
  private static final double NANOS_PER_SECOND = 1e9;

  private FilesRun() {}

  public static void main(String[] args) throws IOException {
    FunctionKind kind = FunctionKind.named(args[0]);
    Path file = Path.of(args[1]);
    Map<String, String> values =
        Map.of("OUTPUT_BUCKET", "out", "METRICS", "off", "GEOIP_CITY_DATABASE", args[2]);
    FilesSettings settings = FilesSettings.from(new Settings(values::get));
    var tables = new TakingTables();
    try (Enricher enricher = Enricher.open(settings.enricher(), Runnable::run)) {
      Supplier<LineWork> work =
          kind == FunctionKind.ENRICH
              ? () -> LineWork.of(enricher.newLineEnricher())
              : PassedLines::new;
      var handler =
          new FilesHandler(
              new FileFunction(
                  settings,
                  work,
                  new DiskObjects(file),
                  tables,
                  Notices.NONE,
                  Tracing.OFF,
                  logLine -> {},
                  Clock.systemUTC()),
              "benchmark");
      var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long started = System.nanoTime();
      long processorTime = system.getProcessCpuTime();
      handler.handleRequest(
          new ByteArrayInputStream(event(file)), OutputStream.nullOutputStream(), new OneMinute());
      processorTime = system.getProcessCpuTime() - processorTime;
      long elapsed = System.nanoTime() - started;
      if (!tables.text("State").equals("DONE")) {
        throw new IllegalStateException(tables.text("Error"));
      }
      System.out.println(
          tables.number("Enriched")
              + " "
              + processorTime / NANOS_PER_SECOND
              + " "
              + elapsed / NANOS_PER_SECOND);
    }
  }

  private static byte[] event(Path file) throws IOException {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3",\
        "eventTime":"2026-10-10T13:55:36Z","eventName":"ObjectCreated:Put",\
        "s3":{"bucket":{"name":"in"},"object":{"key":"%s","size":%d,"eTag":"e",\
        "sequencer":"0A"}}}]}"""
        .formatted(file.getFileName(), Files.size(file))
        .getBytes(UTF_8);
  }
}
