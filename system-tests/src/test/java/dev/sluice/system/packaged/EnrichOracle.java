package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.cli.Sluice;
import dev.sluice.system.ChildProcess;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code ./sluice enrich} makes of the lines of records. A mark of its own stands behind each
 * record's lines; where the output has the mark's JSON, a record ends.
 */
final class EnrichOracle {

  private static final Path FOLDER = Path.of("target", "system-tests", "packaged");
  private static final String MARK =
      "192.0.2.254 - - [01/Jan/2026:00:00:00 +0000] \"GET /end-of-record HTTP/1.1\" 200 1 \"-\""
          + " \"mark\"";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A record's lines after enrichment.
   *
   * @param lines how many there are
   * @param enriched their JSON, without line ends
   * @param rejected documents about rejected lines, by the number of the line in the record from 1
   */
  record Outcome(int lines, List<String> enriched, Map<Integer, String> rejected) {

    /** The documents in their lines' places; only where no line is dropped. */
    List<String> withDocuments() {
      assertThat(enriched.size() + rejected.size()).isEqualTo(lines);
      var all = new ArrayList<String>();
      var next = enriched.iterator();
      for (int number = 1; number <= lines; number++) {
        all.add(rejected.containsKey(number) ? rejected.get(number) : next.next());
      }
      return all;
    }
  }

  private EnrichOracle() {}

  /**
   * Runs it.
   *
   * @param name of the files of this run, below {@code target/}
   * @param records lines without line ends
   */
  static List<Outcome> of(String name, List<List<byte[]>> records, Map<String, String> settings)
      throws IOException {
    Files.createDirectories(FOLDER);
    Path log = FOLDER.resolve(name + ".log");
    Path rejects = FOLDER.resolve(name + ".rejects");
    write(records, log);
    var arguments = new ArrayList<>(List.of("enrich", "--rejects", rejects.toString()));
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    arguments.add(log.toString());
    try (ChildProcess enrich =
        ChildProcess.start(
            FOLDER, name, Map.of(), Sluice.class.getName(), arguments.toArray(String[]::new))) {
      assertThat(enrich.exitCode()).as(enrich.err()).isZero();
      List<List<String>> enriched = enriched(enrich.out());
      assertThat(enriched.size()).as(enrich.err()).isEqualTo(records.size());
      return outcomes(records, enriched, rejected(rejects));
    }
  }

  private static void write(List<List<byte[]>> records, Path log) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(log))) {
      for (List<byte[]> lines : records) {
        for (byte[] line : lines) {
          out.write(line);
          out.write('\n');
        }
        out.write((MARK + "\n").getBytes(UTF_8));
      }
    }
  }

  private static List<List<String>> enriched(String out) {
    var records = new ArrayList<List<String>>();
    List<String> open = new ArrayList<>();
    for (String json : out.split("\n")) {
      if (json.contains("GET /end-of-record HTTP/1.1")) {
        records.add(open);
        open = new ArrayList<>();
      } else {
        open.add(json);
      }
    }
    return records;
  }

  /** Documents about rejected lines, by the number of the line in the log. */
  private static TreeMap<Integer, String> rejected(Path rejects) throws IOException {
    var documents = new TreeMap<Integer, String>();
    for (String document : Files.readString(rejects, UTF_8).split("\n")) {
      if (!document.isEmpty()) {
        documents.put(JSON.readTree(document).get("line_number").intValue(), document);
      }
    }
    return documents;
  }

  private static List<Outcome> outcomes(
      List<List<byte[]>> records, List<List<String>> enriched, TreeMap<Integer, String> rejected) {
    var outcomes = new ArrayList<Outcome>();
    int before = 0; // lines of the log before the record
    for (int record = 0; record < records.size(); record++) {
      int lines = records.get(record).size();
      var own = new TreeMap<Integer, String>();
      for (var each : rejected.subMap(before + 1, before + lines + 1).entrySet()) {
        int number = each.getKey() - before;
        own.put(number, numbered(each.getValue(), number));
      }
      outcomes.add(new Outcome(lines, enriched.get(record), own));
      before += lines + 1; // the mark
    }
    return outcomes;
  }

  /** The number stands before anything that a log could have written. */
  private static String numbered(String document, int number) {
    return document.replaceFirst("\"line_number\":[0-9]+", "\"line_number\":" + number);
  }

  /** The rejected line that a document shows. */
  static byte[] line(String document) {
    try {
      JsonNode json = JSON.readTree(document);
      return json.has("line")
          ? json.get("line").textValue().getBytes(UTF_8)
          : json.get("line_base64").binaryValue();
    } catch (IOException noJson) {
      throw new IllegalStateException(noJson);
    }
  }
}
