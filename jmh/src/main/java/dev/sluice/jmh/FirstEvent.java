package dev.sluice.jmh;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.jmh.firehose.EventHandler;
import dev.sluice.jmh.firehose.HandlerKind;
import dev.sluice.jmh.measure.PeakMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Answers a Firehose event and says so, as an execution environment of Lambda does from its start;
 * {@link dev.sluice.jmh.measure.FunctionProcess} measures the process. Arguments: handler,
 * database, file of the event, how often to answer it again.
 *
 * <p>Prints {@code answered <bytes of the response>} and {@code processor <milliseconds until
 * then>}, and, where it was answered again, {@code warm <milliseconds of processor time of an
 * event>}, the mean of the second half, and {@code resident <megabytes>}, the most that the process
 * had.
 */
public final class FirstEvent {
  private static final double NANOS_PER_MILLI = 1e6;

  private FirstEvent() {}

  public static void main(String[] args) throws IOException {
    byte[] event = Files.readAllBytes(Path.of(args[2]));
    int again = Integer.parseInt(args[3]);
    try (EventHandler handler = HandlerKind.named(args[0]).open(Path.of(args[1]))) {
      var response = new ByteArrayOutputStream(2 * event.length);
      handler.handle(new ByteArrayInputStream(event), response);
      System.out.println("answered " + response.size());
      System.out.println("processor " + processorMillis());
      if (again > 0) {
        System.out.println("warm " + warmMillis(handler, event, response, again));
        System.out.println("resident " + PeakMemory.residentMegabytes());
      }
    }
  }

  /** So far, of all threads; not a number where the system does not tell. */
  private static double processorMillis() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(time -> (double) time.toMillis())
        .orElse(Double.NaN);
  }

  private static double warmMillis(
      EventHandler handler, byte[] event, ByteArrayOutputStream response, int count)
      throws IOException {
    answer(handler, event, response, count / 2);
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = process.getProcessCpuTime();
    answer(handler, event, response, count - count / 2);
    return (process.getProcessCpuTime() - start) / NANOS_PER_MILLI / (count - count / 2);
  }

  private static void answer(
      EventHandler handler, byte[] event, ByteArrayOutputStream response, int count)
      throws IOException {
    for (int i = 0; i < count; i++) {
      response.reset();
      handler.handle(new ByteArrayInputStream(event), response);
    }
  }
}
