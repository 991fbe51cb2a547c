package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What Firehose has written into a bucket, each line by its host.
 *
 * @param hosts of enriched lines, sorted, as often as they are there
 * @param failed hosts of the lines in processing-failed/, sorted, as often as they are there
 * @param failureCodes why those failed
 */
record Delivered(List<String> hosts, List<String> failed, Set<String> failureCodes) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FAILED = "processing-failed/";

  static Delivered read(S3Client s3, String bucket) {
    var hosts = new ArrayList<String>();
    var failed = new ArrayList<String>();
    var codes = new TreeSet<String>();
    for (S3Object object : s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents()) {
      boolean isFailure = object.key().startsWith(FAILED);
      s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key()))
          .asUtf8String()
          .lines()
          .map(Delivered::json)
          .forEach(
              json -> {
                if (isFailure) {
                  failed.add(host(rawData(json)));
                  codes.add(json.get("errorCode").textValue());
                } else {
                  hosts.add(json.get("host").textValue());
                }
              });
    }
    return new Delivered(
        hosts.stream().sorted().toList(), failed.stream().sorted().toList(), codes);
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException noJson) {
      throw new UncheckedIOException(line, noJson);
    }
  }

  private static String rawData(JsonNode document) {
    try {
      return new String(document.get("rawData").binaryValue(), UTF_8);
    } catch (IOException noBase64) {
      throw new UncheckedIOException(noBase64);
    }
  }

  /** The host of a raw line. */
  static String host(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  /** Hosts of all lines, delivered or failed, sorted. */
  List<String> all() {
    return Stream.concat(hosts.stream(), failed.stream()).sorted().toList();
  }
}
