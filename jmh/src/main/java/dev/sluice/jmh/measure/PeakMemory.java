package dev.sluice.jmh.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of the memory of a process. */
public final class PeakMemory {
  private static final Path PROCESSES = Path.of("/proc");
  private static final String PEAK = "VmHWM:";
  private static final double KILO_PER_MEGA = 1024;

  private PeakMemory() {}

  /**
   * The most megabytes that were resident at once, mapped files included; not a number where the
   * system does not tell.
   *
   * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5),
   *     VmHWM</a>
   */
  public static double residentMegabytes() throws IOException {
    return residentMegabytes("self");
  }

  /** The same of another process, which must be running. */
  public static double residentMegabytes(long process) throws IOException {
    return residentMegabytes(Long.toString(process));
  }

  private static double residentMegabytes(String process) throws IOException {
    Path status = PROCESSES.resolve(process).resolve("status");
    if (!Files.exists(status)) {
      return Double.NaN;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(PEAK))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KILO_PER_MEGA)
        .findFirst()
        .orElse(Double.NaN);
  }
}
