package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.producers.LineReader;
import dev.sluice.producers.ReplayInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What lies in S3, read back line by line: every tile and rejects object of the consumer, or every
 * object and document about a failure of Firehose.
 */
final class DeliveredLines {

  private static final int MAX_EXAMPLES = 5;
  private static final int MAX_OUTPUT_LINE_BYTES = 64 * 1024 * 1024;
  private static final String REJECTS_FOLDER = "/rejects/";
  private static final String FAILED_FOLDER = "/processing-failed/";

  /** What Firehose says of a record that the function itself has refused. */
  private static final String REFUSED = "Lambda.ProcessingFailedStatus";

  private final ObjectMapper json = new ObjectMapper();
  private final LineFingerprint enriched = new LineFingerprint();
  private final LineFingerprint rejected = new LineFingerprint();
  private final List<String> examples = new ArrayList<>();
  private final Set<String> exampleCountries = new HashSet<>();
  private final Tally countries = new Tally();
  private final Tally browsers = new Tally();
  private final Tally pages = new Tally();
  private final Tally referingPages = new Tally();
  private final Tally otherFailures = new Tally();
  private int objects;
  private long bytes;

  private DeliveredLines() {}

  static DeliveredLines read(S3Client s3, String bucket, String prefix) throws IOException {
    var delivered = new DeliveredLines();
    for (S3Object object :
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents()) {
      try (ReplayInput content =
          ReplayInput.of(s3.getObject(get -> get.bucket(bucket).key(object.key())))) {
        if (object.key().contains(REJECTS_FOLDER)) {
          delivered.readRejects(content);
        } else if (object.key().contains(FAILED_FOLDER)) {
          delivered.readFailures(content);
        } else {
          delivered.objects++;
          delivered.bytes += object.size();
          delivered.readTile(content);
        }
      }
    }
    return delivered;
  }

  private void readTile(ReplayInput content) throws IOException {
    var reader = new LineReader(content.content(), MAX_OUTPUT_LINE_BYTES);
    while (reader.next()) {
      int length = (int) reader.length();
      enriched.add(reader.bytes(), 0, length);
      JsonNode line = json.readTree(reader.bytes(), 0, length);
      countries.add(line.path("country").textValue());
      browsers.add(line.path("browser").textValue());
      pages.add(line.path("webpage").textValue());
      referingPages.add(line.path("refering_page").textValue());
      keepExample(line);
    }
  }

  /** Keeps a few complete records, each from another country. */
  private void keepExample(JsonNode line) {
    if (examples.size() < MAX_EXAMPLES
        && line.has("city")
        && line.has("refering_page")
        && exampleCountries.add(line.get("country").textValue())) {
      examples.add(line.toString());
    }
  }

  private void readRejects(ReplayInput content) throws IOException {
    var reader = new LineReader(content.content(), MAX_OUTPUT_LINE_BYTES);
    while (reader.next()) {
      byte[] raw =
          json.readTree(reader.bytes(), 0, (int) reader.length()).path("raw").binaryValue();
      rejected.add(raw, 0, raw.length);
    }
  }

  private void readFailures(ReplayInput content) throws IOException {
    var reader = new LineReader(content.content(), MAX_OUTPUT_LINE_BYTES);
    while (reader.next()) {
      JsonNode document = json.readTree(reader.bytes(), 0, (int) reader.length());
      String code = document.path("errorCode").asText();
      if (code.equals(REFUSED)) {
        byte[] raw = document.path("rawData").binaryValue();
        rejected.add(raw, 0, raw.length);
      } else {
        otherFailures.add(code);
      }
    }
  }

  /** Why Firehose could not have records transformed, beside those that the function refused. */
  Tally otherFailures() {
    return otherFailures;
  }

  LineFingerprint enrichedLines() {
    return enriched;
  }

  LineFingerprint rejectedLines() {
    return rejected;
  }

  List<String> examples() {
    return examples;
  }

  Tally countries() {
    return countries;
  }

  Tally browsers() {
    return browsers;
  }

  Tally pages() {
    return pages;
  }

  Tally referingPages() {
    return referingPages;
  }

  /** Objects with enriched lines. */
  int objects() {
    return objects;
  }

  /** Size of those objects, as they are stored. */
  long bytes() {
    return bytes;
  }
}
