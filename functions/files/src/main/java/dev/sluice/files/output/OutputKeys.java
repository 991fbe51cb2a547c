package dev.sluice.files.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.files.event.UploadEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where the objects of an upload lie: keys that follow from its identity, so that a repeat puts its
 * own in place of them, and in which nothing of the file's name can lead elsewhere.
 *
 * @param enriched key of the enriched lines
 * @param rejects key of the rejected lines
 * @param summary key of the summary
 */
public record OutputKeys(String enriched, String rejects, String summary) {
  private static final int HASH_BYTES = 16;
  private static final int MAX_NAME_CHARS = 80;

  /**
   * The keys of an upload; the same for each attempt.
   *
   * @param prefix folder in the bucket
   */
  public static OutputKeys of(String prefix, UploadEvent upload) {
    String identity = upload.bucket() + '/' + upload.key() + '#' + upload.uploadId();
    String name = hash(identity) + '-' + safe(upload.fileName());
    return new OutputKeys(
        prefix + "/enriched/" + name + ".ndjson.gz",
        prefix + "/rejects/" + name + ".ndjson.gz",
        prefix + "/summaries/" + name + ".json");
  }

  /** For people who look at the bucket: what remains of the name is letters, digits, _ and -. */
  private static String safe(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("\\.\\.+", "_");
    return safe.substring(0, Math.min(MAX_NAME_CHARS, safe.length()));
  }

  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JVM has SHA-256
    }
  }
}
