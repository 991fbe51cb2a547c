package dev.sluice.web.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Finds the newest tile below an application's folder, {@code STREAM/dt=.../hr=.../SHARD/POSITION}
 * (docs/consumer.md), without listing what it has seen: within an hour positions grow, so the next
 * look begins behind the last one. Not thread-safe.
 */
final class NewestTile {

  /** Calls of one look; what they do not reach is found by the next. */
  static final int MAX_CALLS = 60;

  private static final int MAX_FOLDERS = 100;
  private static final String SUFFIX = ".ndjson.gz";

  private final S3Client s3;
  private final String bucket;
  private final String prefix;

  /** Last position seen of each shard's folder, of one hour only. */
  private final Map<String, String> lastSeen = new HashMap<>();

  private String hourSeen = "";
  private Optional<Tile> newest = Optional.empty();
  private int callsLeft;

  NewestTile(S3Client s3, String bucket, String prefix) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix + "/";
  }

  /** A tile's object. */
  record Tile(String key, long bytes, Instant committed) {}

  /** The newest, as far as it was looked; empty if there is none yet. */
  Optional<Tile> find() {
    callsLeft = MAX_CALLS;
    Optional<String> hour =
        folders(prefix).stream()
            .filter(folder -> !folder.equals(prefix + "rejects/"))
            .flatMap(stream -> last(stream, "dt=").stream())
            .flatMap(day -> last(day, "hr=").stream())
            .max(Comparator.comparing(folder -> folder.substring(folder.indexOf("/dt="))));
    if (hour.isEmpty()) {
      return newest;
    }
    if (!hour.get().equals(hourSeen)) {
      lastSeen.clear();
      hourSeen = hour.get();
    }
    folders(hour.get()).forEach(this::lookInto);
    return newest;
  }

  private Optional<String> last(String folder, String beginning) {
    return folders(folder).stream()
        .filter(each -> each.startsWith(folder + beginning))
        .max(Comparator.naturalOrder());
  }

  private List<String> folders(String folder) {
    var found = new ArrayList<String>();
    String token = null;
    do {
      if (callsLeft-- <= 0) {
        return found;
      }
      ListObjectsV2Response answer =
          s3.listObjectsV2(
              ListObjectsV2Request.builder()
                  .bucket(bucket)
                  .prefix(folder)
                  .delimiter("/")
                  .continuationToken(token)
                  .build());
      answer.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(found::add);
      token = Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null;
    } while (token != null && found.size() < MAX_FOLDERS);
    return found;
  }

  private void lookInto(String shard) {
    boolean more = true;
    while (more && callsLeft-- > 0) {
      String after = lastSeen.get(shard);
      ListObjectsV2Response answer =
          s3.listObjectsV2(
              ListObjectsV2Request.builder()
                  .bucket(bucket)
                  .prefix(shard)
                  .startAfter(after)
                  .build());
      answer.contents().forEach(object -> take(shard, object));
      more =
          Boolean.TRUE.equals(answer.isTruncated())
              && !lastSeen.getOrDefault(shard, "").equals(after);
    }
  }

  private void take(String shard, S3Object object) {
    String name = object.key().substring(shard.length());
    if (!name.endsWith(SUFFIX)) {
      return;
    }
    // A shard's first tile is named by a word such as TRIM_HORIZON, which sorts behind all numbers.
    if (Character.isDigit(name.charAt(0))) {
      lastSeen.put(shard, object.key());
    }
    if (newest.isEmpty() || !object.lastModified().isBefore(newest.get().committed())) {
      newest = Optional.of(new Tile(object.key(), object.size(), object.lastModified()));
    }
  }
}
