package dev.sluice.cli.demo;

import dev.sluice.enricher.OutcomeCounts;
import dev.sluice.producers.ReplayResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the demo prints: for a person to enjoy. */
final class DemoReport {

  private static final int TOP = 5;
  private static final int NAME_COLUMN_CHARS = 24;
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintWriter out;

  DemoReport(PrintWriter out) {
    this.out = out;
  }

  /**
   * @param way from the log to where it is enriched
   * @param destination from there on
   */
  void opening(DemoInput input, String way, String destination) {
    line("Sluice demo");
    line("  %s", input.log());
    line("    -> %s", way);
    line("    -> enriched with %s -> %s", input.geoip(), destination);
    out.flush();
  }

  /** Records, counts and speed of a run; not yet whether its books balance. */
  void run(DemoRun run) {
    DeliveredLines delivered = run.books().delivered();
    ReplayResult replayed = run.books().replayed();
    records(delivered);
    counts(run.books().expected(), replayed);
    tops(delivered);
    speed(replayed, delivered, run.times());
  }

  private void records(DeliveredLines delivered) {
    line("");
    line("Records in S3, %d of them", delivered.examples().size());
    delivered.examples().forEach(example -> line("  %s", example));
  }

  private void counts(ExpectedLines expected, ReplayResult replayed) {
    OutcomeCounts counts = expected.counts();
    line("");
    line("Outcomes");
    row("lines in", replayed.sent());
    row("enriched", counts.enriched());
    row("enriched with warnings", counts.enrichedWithWarnings());
    row("dropped", counts.dropped());
    row("rejected", counts.rejected());
    for (var reason : counts.rejectedByReason().entrySet()) {
      row("  " + reason.getKey(), reason.getValue());
    }
    if (replayed.refused() > 0) {
      row("refused, too long to send", replayed.refused());
    }
    var first = expected.firstReject();
    if (first != null) {
      line(
          "  first rejected: line %,d, %s at byte %,d",
          first.lineNumber(), first.outcome().reason(), first.outcome().offset());
    }
  }

  private void row(String name, long value) {
    line("  %-28s %,12d", name, value);
  }

  private void tops(DeliveredLines delivered) {
    var columns =
        Map.of(
            "Countries", delivered.countries().top(TOP),
            "Browsers", delivered.browsers().top(TOP),
            "Pages", delivered.pages().top(TOP),
            "Referring pages", delivered.referingPages().top(TOP));
    var order = List.of("Countries", "Browsers", "Pages", "Referring pages");
    line("");
    var heading = new StringBuilder();
    order.forEach(name -> heading.append(cell(name)));
    line("%s", heading.toString().stripTrailing());
    for (int i = 0; i < TOP; i++) {
      var row = new StringBuilder();
      for (String name : order) {
        List<Tally.Count> counts = columns.get(name);
        row.append(i < counts.size() ? cell(counts.get(i)) : cell(""));
      }
      if (!row.toString().isBlank()) {
        line("%s", row.toString().stripTrailing());
      }
    }
  }

  private static String cell(Tally.Count count) {
    String times = String.format(Locale.ROOT, "%,d", count.times());
    int room = NAME_COLUMN_CHARS - times.length() - 4;
    String name = printable(count.value());
    return cell(times + " " + (name.length() <= room ? name : name.substring(0, room - 2) + ".."));
  }

  private static String cell(String text) {
    return String.format(Locale.ROOT, "  %-" + NAME_COLUMN_CHARS + "s", text);
  }

  /** Values come out of logs: no control character of theirs reaches the terminal. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private void speed(ReplayResult replayed, DeliveredLines delivered, DemoTimes times) {
    double total = (times.delivered() - times.started()) / NANOS_PER_SECOND;
    double behind = (times.delivered() - times.replayed()) / NANOS_PER_SECOND;
    line("");
    line("Speed");
    line(
        "  sent      %,.0f lines/s (the stream takes 1,000 a second and shard), %,d sent again",
        replayed.linesPerSecond(), replayed.retried());
    line(
        "  delivered %,d lines in %.1f s, start of the enriching part included",
        replayed.sent(), total);
    line("  lag       all in S3 %.1f s after the last line was sent", behind);
    line("  S3        %,d objects, %,d KiB", delivered.objects(), delivered.bytes() / 1024);
  }

  /** Adds one line to what was said last. */
  void detail(String format, Object... values) {
    line("  " + format, values);
  }

  /**
   * Prints whether the books balance, and tells it.
   *
   * @param promise what that means
   */
  boolean verdict(Books books, String promise) {
    Proof proof = books.proof(promise);
    line("");
    if (proof.holds()) {
      line("Books balance: %s", proof.text());
    } else {
      line("THE BOOKS DO NOT BALANCE");
      proof.discrepancies().forEach(each -> line("  %s", each));
    }
    out.flush();
    return proof.holds();
  }

  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
