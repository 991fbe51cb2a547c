package dev.sluice.jmh.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables about the Firehose function, made of one result file that has its figures. */
final class FirehoseTables {
  private static final double MEGABYTE = 1e6;
  private static final double BUFFER_BYTES = 1 << 20;
  private static final double MILLION = 1e6;
  private static final double MICROS_PER_MILLI = 1e3;
  private static final double MILLIS_PER_SECOND = 1e3;

  /** Memory of a function that has one vCPU; less memory is so much less of it. */
  private static final double MEGABYTES_FOR_A_CPU = 1_769;

  private static final int[] MEMORY_SIZES = {512, 1_024, 1_769};
  private static final double MEGABYTES_PER_GIGABYTE = 1_024;
  private static final double DOLLARS_A_GB_SECOND_X86 = 0.0000166667;
  private static final double DOLLARS_A_GB_SECOND_ARM = 0.0000133334;
  private static final double DOLLARS_A_REQUEST = 0.20 / MILLION;
  private static final int RECORDS_A_SECOND = 500;

  private final JsonNode result;

  FirehoseTables(JsonNode result) {
    this.result = result;
  }

  List<String> handlers() {
    var lines = new ArrayList<String>();
    lines.add(
        "| handler | an event | 1 MB of event | a record | time / OURS | allocated an event |");
    lines.add("|---|---|---|---|---|---|");
    double ours = eventMillis("ours");
    for (JsonNode score : result.get("scores")) {
      if (score.get("benchmark").asText().equals("FirehoseBenchmark")) {
        String name = score.get("implementation").asText();
        double millis = eventMillis(name);
        lines.add(
            text(
                "| `%s` | %.1f ms | %.2f ms | %.2f us | %.1f | %s |",
                name,
                millis,
                millis / figure("firehose.event_bytes") * MEGABYTE,
                millis * MICROS_PER_MILLI / figure("firehose.records"),
                millis / ours,
                score.has("allocated_bytes")
                    ? text("%,.1f KB", score.get("allocated_bytes").asDouble() / 1e3)
                    : ""));
      }
    }
    return lines;
  }

  private double eventMillis(String implementation) {
    for (JsonNode score : result.get("scores")) {
      if (score.get("benchmark").asText().equals("FirehoseBenchmark")
          && score.get("implementation").asText().equals(implementation)) {
        // Bytes a second have more digits than events a second.
        return MILLIS_PER_SECOND
            * figure("firehose.event_bytes")
            / score.get("bytes_per_second").asDouble();
      }
    }
    throw new IllegalStateException("the result has no handler " + implementation);
  }

  List<String> starts() {
    var lines = new ArrayList<String>();
    lines.add("| handler | start to first answer | with an archive of classes |");
    lines.add("|---|---|---|");
    for (String name : List.of("ours", "databind", "naive")) {
      lines.add(
          text(
              "| `%s` | %s | %s |",
              name, start("start." + name), start("start_with_archive." + name)));
    }
    return lines;
  }

  private String start(String name) {
    return text(
        "%,.0f ms (%,.0f to %,.0f)",
        figure(name + ".median"), figure(name + ".min"), figure(name + ".max"));
  }

  List<String> sizes() {
    double perEvent = figure("firehose.event_bytes") / figure("firehose.line_bytes");
    double perResponse = figure("firehose.response_bytes") / figure("firehose.line_bytes");
    return List.of(
        text(
            "Of %,.0f lines of %.0f bytes on average, one in a record, %.2f MB of log make an event of"
                + " %.2f MB (%.2f times as much) and a response of %.2f MB (%.2f times the log, %.2f"
                + " times the event). A buffer of 1 MB is then an event of %.1f MB and a response of"
                + " %.1f MB; the limit of 6 MB is reached by the response at %.1f MB of log.",
            figure("firehose.records"),
            figure("firehose.line_bytes") / figure("firehose.records"),
            figure("firehose.line_bytes") / MEGABYTE,
            figure("firehose.event_bytes") / MEGABYTE,
            perEvent,
            figure("firehose.response_bytes") / MEGABYTE,
            perResponse,
            perResponse / perEvent,
            BUFFER_BYTES * perEvent / MEGABYTE,
            BUFFER_BYTES * perResponse / MEGABYTE,
            6 * BUFFER_BYTES / perResponse / MEGABYTE));
  }

  List<String> memory() {
    return List.of(
        text("%.0f MB resident at most (`VmHWM`), of 512.", figure("firehose.resident_megabytes")));
  }

  List<String> cost() {
    double records = BUFFER_BYTES / (figure("firehose.line_bytes") / figure("firehose.records"));
    double calls = MILLION / records;
    double cpuMillis = records * recordMicros("ours") / MICROS_PER_MILLI;
    var lines = new ArrayList<String>();
    lines.add(
        text(
            "%.2f us of a processor for a record (first compiler only, the default of Lambda's Java;"
                + " %.2f us with both); %,.0f records in a buffer of 1 MB, so %,.0f calls for a"
                + " million records, each %.1f ms of a whole processor.",
            recordMicros("ours"),
            figure("firehose.warm_millis_both_compilers.ours")
                * MICROS_PER_MILLI
                / figure("firehose.records"),
            records,
            calls,
            cpuMillis));
    lines.add("");
    lines.add("| memory | vCPU | a call | GB-s a million records | x86_64 | arm64 |");
    lines.add("|---|---|---|---|---|---|");
    for (int megabytes : MEMORY_SIZES) {
      double share = megabytes / MEGABYTES_FOR_A_CPU;
      double callMillis = Math.ceil(cpuMillis / share); // billed by the millisecond
      double gigabyteSeconds =
          calls * callMillis / MILLIS_PER_SECOND * megabytes / MEGABYTES_PER_GIGABYTE;
      lines.add(
          text(
              "| %,d MB | %.2f | %.0f ms | %.2f | $%.6f | $%.6f |",
              megabytes,
              share,
              callMillis,
              gigabyteSeconds,
              gigabyteSeconds * DOLLARS_A_GB_SECOND_X86 + calls * DOLLARS_A_REQUEST,
              gigabyteSeconds * DOLLARS_A_GB_SECOND_ARM + calls * DOLLARS_A_REQUEST));
    }
    return lines;
  }

  List<String> sizing() {
    var lines = new ArrayList<String>();
    lines.add(
        text(
            "| handler | 1,000 records at 512 MB | at 1,769 MB | share of a 512 MB function that %d"
                + " records/s keep busy |",
            RECORDS_A_SECOND));
    lines.add("|---|---|---|---|");
    for (String name : List.of("naive", "streaming", "ours")) {
      double micros = recordMicros(name);
      double share = MEMORY_SIZES[0] / MEGABYTES_FOR_A_CPU;
      lines.add(
          text(
              "| `%s` | %,.1f ms | %,.1f ms | %.1f %% |",
              name, micros / share, micros, 100 * RECORDS_A_SECOND * micros / MILLION / share));
    }
    return lines;
  }

  /** Of a whole processor, by the first compiler; a thousand of them take as many milliseconds. */
  private double recordMicros(String handler) {
    return figure("firehose.warm_millis." + handler)
        * MICROS_PER_MILLI
        / figure("firehose.records");
  }

  private double figure(String name) {
    return result.get("figures").get(name).asDouble();
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
