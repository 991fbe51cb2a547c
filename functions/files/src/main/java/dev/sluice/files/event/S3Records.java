package dev.sluice.files.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** Reads one record of S3, in both of its forms. */
final class S3Records {
  /** In a bucket whose versions are suspended every upload has it, so it names none. */
  private static final String NULL_VERSION = "null";

  private static final Pattern VERSION = Pattern.compile("2\\.\\d{1,4}");
  private static final Pattern SEQUENCER = Pattern.compile("[0-9A-Fa-f]{0,64}");
  private static final int MAX_KEY_BYTES = 1024;
  private static final int MAX_ID_CHARS = 512;

  private S3Records() {}

  /** A record of a notification; null when it tells of something else than files put or deleted. */
  static UploadEvent of(JsonNode record) throws BadEventException {
    if (!record.path("eventSource").asText("").equals("aws:s3")) {
      throw new BadEventException("a record has another eventSource than aws:s3");
    }
    if (!VERSION.matcher(record.path("eventVersion").asText("")).matches()) {
      throw new BadEventException("a record has another eventVersion than 2.x");
    }
    String name = record.path("eventName").asText("");
    boolean creates = name.startsWith("ObjectCreated:");
    boolean deletes = name.startsWith("ObjectRemoved:") || name.startsWith("LifecycleExpiration:");
    if (!creates && !deletes) {
      return null;
    }
    JsonNode s3 = record.path("s3");
    JsonNode object = s3.path("object");
    return upload(
        name,
        deletes,
        s3.path("bucket").path("name").asText(""),
        decoded(object.path("key").asText("")),
        object,
        object.path("eTag").asText(""),
        object.path("versionId").asText(""),
        record.path("eventTime").asText(""),
        record.path("sluice").path("attempt").asInt(1));
  }

  /** An event of EventBridge, whose keys are not encoded; null as above. */
  static UploadEvent ofEventBridge(JsonNode event) throws BadEventException {
    String type = event.path("detail-type").asText("");
    boolean deletes = type.equals("Object Deleted");
    if (!deletes && !type.equals("Object Created")) {
      return null;
    }
    JsonNode detail = event.path("detail");
    JsonNode object = detail.path("object");
    return upload(
        type,
        deletes,
        detail.path("bucket").path("name").asText(""),
        object.path("key").asText(""),
        object,
        object.path("etag").asText(""),
        object.path("version-id").asText(""),
        event.path("time").asText(""),
        1);
  }

  private static UploadEvent upload(
      String name,
      boolean deletes,
      String bucket,
      String key,
      JsonNode object,
      String eTag,
      String versionId,
      String time,
      int attempt)
      throws BadEventException {
    if (bucket.isEmpty() || key.isEmpty()) {
      throw new BadEventException("a record names no bucket, or no key");
    }
    if (key.getBytes(UTF_8).length > MAX_KEY_BYTES) {
      throw new BadEventException("a record has a key of more than " + MAX_KEY_BYTES + " bytes");
    }
    String sequencer = object.path("sequencer").asText("");
    if (!SEQUENCER.matcher(sequencer).matches()) {
      throw new BadEventException("a record has a sequencer that is not hexadecimal");
    }
    String version = versionId.equals(NULL_VERSION) ? "" : versionId;
    String tag = eTag.replace("\"", "");
    if (tag.length() > MAX_ID_CHARS || version.length() > MAX_ID_CHARS) {
      throw new BadEventException("a record has an eTag or a versionId that is too long");
    }
    if (!deletes && tag.isEmpty() && version.isEmpty()) {
      throw new BadEventException("a record has neither eTag nor versionId");
    }
    return new UploadEvent(
        name,
        deletes,
        bucket,
        key,
        deletes ? 0 : object.path("size").asLong(0),
        deletes ? "" : tag,
        version,
        sequencer,
        time(time),
        Math.max(1, attempt));
  }

  /** Form encoding: {@code +} is a blank. */
  private static String decoded(String key) throws BadEventException {
    try {
      return URLDecoder.decode(key, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadEventException("a record has a key that is not URL-encoded");
    }
  }

  private static Instant time(String text) throws BadEventException {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new BadEventException("a record has no time in ISO 8601");
    }
  }
}
