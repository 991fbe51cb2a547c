package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.CannotRunException;
import dev.sluice.consumer.audit.TileKey;
import dev.sluice.producers.LineReader;
import dev.sluice.producers.ReplayInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Enriched lines by their event_id, the first of each kept. Not thread-safe. */
final class LinesById {

  private static final int MAX_LINE_BYTES = 64 * 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, ObjectNode> lines = new HashMap<>();
  private long repeats;

  /** Reads the tiles of an application back. */
  static LinesById stored(S3Client s3, String bucket, String folder) throws IOException {
    var stored = new LinesById();
    for (S3Object object :
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(folder + '/')).contents()) {
      if (TileKey.parse(object.key()).map(TileKey::rejects).orElse(true)) {
        continue;
      }
      try (ReplayInput content =
          ReplayInput.of(s3.getObject(get -> get.bucket(bucket).key(object.key())))) {
        var reader = new LineReader(content.content(), MAX_LINE_BYTES);
        while (reader.next()) {
          stored.add(reader.bytes(), (int) reader.length());
        }
      }
    }
    return stored;
  }

  /**
   * Adds the line of JSON at the beginning of an array.
   *
   * @throws CannotRunException if it has no event_id
   */
  void add(byte[] json, int length) {
    try {
      if (!(JSON.readTree(json, 0, length) instanceof ObjectNode line)
          || !line.path("event_id").isTextual()) {
        throw new CannotRunException("a line without event_id came out");
      }
      if (lines.putIfAbsent(line.get("event_id").textValue(), line) != null) {
        repeats++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Distinct ids. */
  int distinct() {
    return lines.size();
  }

  /** Lines whose id had come before. */
  long repeats() {
    return repeats;
  }

  Collection<ObjectNode> lines() {
    return lines.values();
  }

  /**
   * What is not as it should be, one sentence each.
   *
   * @param where the lines were found
   * @param besides keys that may differ
   */
  List<String> differences(LinesById expected, String where, Set<String> besides) {
    long missing = expected.lines.keySet().stream().filter(id -> !lines.containsKey(id)).count();
    long alien = lines.keySet().stream().filter(id -> !expected.lines.containsKey(id)).count();
    long different =
        lines.entrySet().stream()
            .filter(each -> expected.lines.containsKey(each.getKey()))
            .filter(
                each ->
                    !without(each.getValue(), besides)
                        .equals(without(expected.lines.get(each.getKey()), besides)))
            .count();
    var found = new ArrayList<String>();
    report(missing, "lines are missing", where, found);
    report(alien, "lines should not be there", where, found);
    report(different, "lines differ from what the enricher gives", where, found);
    return found;
  }

  private static JsonNode without(ObjectNode line, Set<String> besides) {
    return besides.isEmpty() ? line : line.deepCopy().remove(besides);
  }

  private static void report(long lines, String what, String where, List<String> found) {
    if (lines > 0) {
      found.add(where + ": " + lines + " " + what);
    }
  }
}
