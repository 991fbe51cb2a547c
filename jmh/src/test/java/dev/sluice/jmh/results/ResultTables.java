package dev.sluice.jmh.results;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The tables of the documentation, made of one result file. */
final class ResultTables {
  private static final double NANOS_PER_SECOND = 1e9;

  private static final String WHOLE = "-jdk17.json";
  private static final String FIREHOSE_ONLY = "-jdk17-firehose.json";
  private static final String CONSUMER_ONLY = "-jdk17-consumer.json";

  private final JsonNode result;
  private final JsonNode firehoseResult;
  private final JsonNode consumerResult;
  private final FirehoseTables firehose;

  /**
   * @param firehoseResult the same, or that of a run for the Firehose function alone
   * @param consumerResult the same, or that of a run for the consumer alone
   */
  ResultTables(JsonNode result, JsonNode firehoseResult, JsonNode consumerResult) {
    this.result = result;
    this.firehoseResult = firehoseResult;
    this.consumerResult = consumerResult;
    firehose = new FirehoseTables(firehoseResult);
  }

  /** The newest results on JDK 17, which is what the project is built for. */
  static ResultTables newest(Path directory) throws IOException {
    var mapper = new ObjectMapper();
    JsonNode whole = null;
    JsonNode firehose = null;
    JsonNode consumer = null;
    try (Stream<Path> files = Files.list(directory)) {
      // A part that was measured on the day of a whole result was measured after it.
      for (Path file : files.sorted(comparing(ResultTables::withoutEnding)).toList()) {
        String name = file.toString();
        if (name.endsWith(WHOLE)) {
          whole = mapper.readTree(file.toFile());
          firehose = whole.has("figures") ? whole : firehose;
          consumer = whole;
        } else if (name.endsWith(FIREHOSE_ONLY)) {
          JsonNode result = mapper.readTree(file.toFile());
          firehose = result.has("figures") ? result : firehose;
        } else if (name.endsWith(CONSUMER_ONLY)) {
          consumer = mapper.readTree(file.toFile());
        }
      }
    }
    if (whole == null || firehose == null) {
      throw new IllegalStateException("no result in " + directory);
    }
    return new ResultTables(whole, firehose, consumer);
  }

  /** For an order in which a name comes before those that go on where it ends. */
  private static String withoutEnding(Path file) {
    String name = file.toString();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The lines of a block of that name. */
  List<String> block(String name) {
    return switch (name) {
      case "machine" -> machine(result);
      case "pipelines" -> pipelines();
      case "parsers" -> parsers();
      case "user-agents" -> userAgents();
      case "ratios" -> ratios();
      case "firehose-machine" -> machine(firehoseResult);
      case "firehose-handlers" -> firehose.handlers();
      case "firehose-starts" -> firehose.starts();
      case "firehose-sizes" -> firehose.sizes();
      case "firehose-memory" -> firehose.memory();
      case "firehose-cost" -> firehose.cost();
      case "firehose-sizing" -> firehose.sizing();
      default -> throw new IllegalArgumentException("no block is called " + name);
    };
  }

  private static List<String> machine(JsonNode result) {
    JsonNode machine = result.get("machine");
    var flags = new ArrayList<String>();
    machine.get("flags").forEach(flag -> flags.add("`" + flag.asText() + "`"));
    String sentence =
        String.format(
            Locale.ROOT,
            "Measured on %s: %s, %d cores, %s, JDK %s (%s), flags %s, load %.1f at the start.",
            result.get("date").asText(),
            machine.get("cpu").asText(),
            machine.get("cores").asInt(),
            machine.get("os").asText(),
            machine.get("jdk").asText(),
            machine.get("jvm").asText(),
            String.join(" ", flags),
            machine.get("load").asDouble());
    String note = result.get("note").asText();
    return List.of(note.isEmpty() ? sentence : sentence + " " + note + ".");
  }

  private List<String> pipelines() {
    var lines = new ArrayList<String>();
    lines.add(
        "| corpus | OURS, lines/s | GOOD, lines/s | NAIVE, lines/s | OURS / GOOD"
            + " | OURS, MB/s | allocated a line: OURS, GOOD, NAIVE |");
    lines.add("|---|---|---|---|---|---|---|");
    for (String corpus : List.of("browsers", "zipf", "real", "bots", "hostile")) {
      JsonNode ours = score("PipelineBenchmark", corpus, "ours");
      JsonNode good = score("PipelineBenchmark", corpus, "good");
      JsonNode naive = score("PipelineBenchmark", corpus, "naive");
      lines.add(
          String.format(
              Locale.ROOT,
              "| `%s` | %,d | %,d | %,d | %.1f | %,.1f | %,.1f B, %,.0f B, %,.0f B |",
              corpus,
              perSecond(ours),
              perSecond(good),
              perSecond(naive),
              (double) perSecond(ours) / perSecond(good),
              ours.get("bytes_per_second").asDouble() / 1e6,
              allocated(ours),
              allocated(good),
              allocated(naive)));
    }
    return lines;
  }

  private List<String> parsers() {
    var lines = new ArrayList<String>();
    lines.add("| parser | lines/s | a line | allocated a line |");
    lines.add("|---|---|---|---|");
    for (JsonNode score : result.get("scores")) {
      if (score.get("benchmark").asText().equals("LineParserBenchmark")) {
        lines.add(
            String.format(
                Locale.ROOT,
                "| `%s` | %,d | %,.0f ns | %,.0f B |",
                score.get("implementation").asText(),
                perSecond(score),
                NANOS_PER_SECOND / perSecond(score),
                allocated(score)));
      }
    }
    return lines;
  }

  private List<String> userAgents() {
    var lines = new ArrayList<String>();
    lines.add(
        "| user agents of | OURS, each | uap-java, each | uap-java / OURS | allocated each |");
    lines.add("|---|---|---|---|---|");
    for (String corpus : List.of("browsers", "bots")) {
      JsonNode ours = score("UserAgentBenchmark", corpus, "ours");
      JsonNode uap = score("UserAgentBenchmark", corpus, "uap");
      lines.add(
          String.format(
              Locale.ROOT,
              "| `%s` | %,.1f us | %,.1f us | %.1f | %,.0f B, %,.0f B |",
              corpus,
              NANOS_PER_SECOND / 1e3 / perSecond(ours),
              NANOS_PER_SECOND / 1e3 / perSecond(uap),
              (double) perSecond(ours) / perSecond(uap),
              allocated(ours),
              allocated(uap)));
    }
    return lines;
  }

  /** Those of a part stand in their own result until there is a whole one. */
  private List<String> ratios() {
    var lines = new ArrayList<String>();
    lines.add("| ratio | value | bound | verdict | |");
    lines.add("|---|---|---|---|---|");
    Map<String, String> rows = new LinkedHashMap<>();
    putRatios(result, rows);
    for (JsonNode part : List.of(firehoseResult, consumerResult)) {
      if (part != result) { // newer ones in place of those of the whole result
        putRatios(part, rows);
      }
    }
    lines.addAll(rows.values());
    return lines;
  }

  private static void putRatios(JsonNode result, Map<String, String> rows) {
    for (JsonNode row : result.get("ratios")) {
      rows.put(
          row.get("name").asText(),
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %s | %s |",
              row.get("name").asText(),
              row.has("value")
                  ? String.format(Locale.ROOT, "%,.2f", row.get("value").asDouble())
                  : "",
              row.get("bound").asText(),
              row.get("verdict").asText(),
              row.get("note").asText()));
    }
  }

  private JsonNode score(String benchmark, String corpus, String implementation) {
    for (JsonNode score : result.get("scores")) {
      if (score.get("benchmark").asText().equals(benchmark)
          && score.get("corpus").asText().equals(corpus)
          && score.get("implementation").asText().equals(implementation)) {
        return score;
      }
    }
    throw new IllegalStateException(
        "the result has no " + benchmark + " " + corpus + " " + implementation + ": not a --all");
  }

  private static long perSecond(JsonNode score) {
    return score.get("per_second").asLong();
  }

  private static double allocated(JsonNode score) {
    return score.get("allocated_bytes").asDouble();
  }
}
