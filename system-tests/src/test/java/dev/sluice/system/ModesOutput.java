package dev.sluice.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.consumer.audit.TileKey;
import dev.sluice.samples.SyntheticLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lines of an application in S3, by their ids; each tile is read once. */
final class ModesOutput {
  private static final JsonMapper JSON = new JsonMapper();

  private final S3Client s3;
  private final String folder;
  private final Set<String> seen = new HashSet<>();
  private final Map<Long, Set<String>> eventIds = new TreeMap<>();
  private long lines;

  ModesOutput(ModesStack stack, ModesStack.Application application) {
    s3 = stack.s3();
    folder = ModesStack.PREFIX + '/' + application.applicationName() + '/';
  }

  /** Reads what is new. */
  ModesOutput refresh() {
    for (S3Object object :
        s3.listObjectsV2Paginator(list -> list.bucket(ModesStack.BUCKET).prefix(folder))
            .contents()) {
      boolean tile = TileKey.parse(object.key()).map(key -> !key.rejects()).orElse(false);
      if (tile && seen.add(object.key())) {
        read(object.key());
      }
    }
    return this;
  }

  private void read(String key) {
    try (var content =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(s3.getObject(get -> get.bucket(ModesStack.BUCKET).key(key))),
                StandardCharsets.UTF_8))) {
      for (String line = content.readLine(); line != null; line = content.readLine()) {
        lines++;
        JsonNode json = JSON.readTree(line);
        eventIds
            .computeIfAbsent(SyntheticLine.findId(line).orElseThrow(), id -> new HashSet<>())
            .add(json.path("event_id").textValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(key, e);
    }
  }

  /** The event_ids that each line has, by the line's own id. */
  Map<Long, Set<String>> eventIds() {
    return eventIds;
  }

  /** Lines, repeated ones included. */
  long lines() {
    return lines;
  }
}
