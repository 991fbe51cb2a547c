package dev.sluice.producers.command;

import dev.sluice.producers.RefusedLine;
import dev.sluice.producers.ReplayOptions;
import dev.sluice.producers.ReplayResult;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells a person what a replay did. */
final class ReplaySummary {
  private final PrintWriter err;

  ReplaySummary(PrintWriter err) {
    this.err = err;
  }

  void print(ReplayResult result, ReplayOptions options) {
    line(
        "replayed %s to stream %s in %.1f s: %,.0f lines/s, %,.1f MiB, %,d sent again, %,d refused",
        lines(result.sent()),
        options.streamName(),
        result.elapsed().toMillis() / 1e3,
        result.linesPerSecond(),
        result.bytes() / 1024.0 / 1024.0,
        result.retried(),
        result.refused());
    if (result.inDoubt() > 0) {
      line(
          "%s sent again after a lost answer: Kinesis may have stored them twice",
          result.inDoubt() == 1 ? "1 line was" : lines(result.inDoubt()) + " were");
    }
    if (result.refused() > 0) {
      line(
          "refused %s: longer than a record (%,d bytes with its partition key)",
          lines(result.refused()), options.limits().maxRecordBytes());
      for (RefusedLine refused : result.firstRefused()) {
        line("  line %d: %,d bytes", refused.lineNumber(), refused.lengthBytes());
      }
      long unlisted = result.refused() - result.firstRefused().size();
      if (unlisted > 0) {
        line("  and %,d more", unlisted);
      }
    }
  }

  private static String lines(long count) {
    return String.format(Locale.ROOT, count == 1 ? "%,d line" : "%,d lines", count);
  }

  private void line(String format, Object... values) {
    err.println(String.format(Locale.ROOT, format, values));
  }
}
