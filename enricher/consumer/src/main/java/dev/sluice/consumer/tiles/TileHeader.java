package dev.sluice.consumer.tiles;

import dev.sluice.enricher.OutcomeCounts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a commit says of itself, as metadata of its object.
 *
 * @param streamFolder stream with its creation time
 * @param first position of the first record
 * @param last position of the last record: the next tile continues from here
 * @param in lines, the sum of the four counts behind it
 * @param rejectsKey object with the rejected lines, if there are any
 * @param rejectsQueue queue that the rejected lines were sent to, instead of an object
 * @param runId run of one shard processor; no two share one
 */
public record TileHeader(
    String application,
    String streamFolder,
    String shardId,
    ContinuesFrom continuesFrom,
    Position first,
    Position last,
    long records,
    long in,
    long enriched,
    long enrichedWithWarnings,
    long dropped,
    long rejected,
    Optional<String> rejectsKey,
    Optional<String> rejectsQueue,
    String runId,
    String layoutFingerprint) {

  private static final String KEY_START = "sluice-";
  private static final String VERSION = KEY_START + "version";

  static TileHeader of(
      ShardAddress address,
      Tile tile,
      Optional<String> rejectsKey,
      Optional<String> rejectsQueue,
      String runId,
      Layout layout) {
    OutcomeCounts outcomes = tile.counts().outcomes();
    return new TileHeader(
        address.application(),
        address.streamFolder(),
        address.shardId(),
        tile.continuesFrom(),
        tile.first(),
        tile.last(),
        tile.counts().records(),
        outcomes.in(),
        outcomes.enriched(),
        outcomes.enrichedWithWarnings(),
        outcomes.dropped(),
        outcomes.rejected(),
        rejectsKey,
        rejectsQueue,
        runId,
        layout.fingerprint());
  }

  /** Keys without the {@code x-amz-meta-} that S3 puts before them. */
  public Map<String, String> toMetadata() {
    var metadata = new LinkedHashMap<String, String>();
    metadata.put(VERSION, Integer.toString(Layout.VERSION));
    metadata.put(KEY_START + "application", application);
    metadata.put(KEY_START + "stream", streamFolder);
    metadata.put(KEY_START + "shard", shardId);
    metadata.put(KEY_START + "continues-from", continuesFrom.text());
    metadata.put(KEY_START + "first", first.text());
    metadata.put(KEY_START + "last", last.text());
    metadata.put(KEY_START + "records", Long.toString(records));
    metadata.put(KEY_START + "in", Long.toString(in));
    metadata.put(KEY_START + "enriched", Long.toString(enriched));
    metadata.put(KEY_START + "enriched-with-warnings", Long.toString(enrichedWithWarnings));
    metadata.put(KEY_START + "dropped", Long.toString(dropped));
    metadata.put(KEY_START + "rejected", Long.toString(rejected));
    rejectsKey.ifPresent(key -> metadata.put(KEY_START + "rejects-key", key));
    rejectsQueue.ifPresent(url -> metadata.put(KEY_START + "rejects-queue", url));
    metadata.put(KEY_START + "run-id", runId);
    metadata.put(KEY_START + "layout", layoutFingerprint);
    return metadata;
  }

  /**
   * Reads what {@link #toMetadata()} wrote.
   *
   * @param key key of the object, for messages
   * @throws ForeignObjectException if the metadata is missing, of another version or unreadable
   */
  public static TileHeader fromMetadata(String key, Map<String, String> metadata) {
    var fields = new Fields(key, metadata);
    String version = fields.text("version");
    if (!version.equals(Integer.toString(Layout.VERSION))) {
      throw new ForeignObjectException(key, "its version is " + version);
    }
    return new TileHeader(
        fields.text("application"),
        fields.text("stream"),
        fields.text("shard"),
        fields.continuesFrom("continues-from"),
        fields.position("first"),
        fields.position("last"),
        fields.count("records"),
        fields.count("in"),
        fields.count("enriched"),
        fields.count("enriched-with-warnings"),
        fields.count("dropped"),
        fields.count("rejected"),
        Optional.ofNullable(metadata.get(KEY_START + "rejects-key")),
        Optional.ofNullable(metadata.get(KEY_START + "rejects-queue")),
        fields.text("run-id"),
        fields.text("layout"));
  }

  /**
   * Checks that the tile under {@code key} is the link of this shard's chain that continues from
   * {@code start}, so that a run may go on behind it.
   *
   * @throws ForeignObjectException if it is not
   */
  void requireNextLink(String key, ShardContext shard, ContinuesFrom start) {
    var address = shard.address();
    if (!application.equals(address.application())
        || !streamFolder.equals(address.streamFolder())
        || !shardId.equals(address.shardId())) {
      throw new ForeignObjectException(key, "it belongs to another shard, stream or application");
    }
    if (!layoutFingerprint.equals(shard.layout().fingerprint())) {
      throw new ForeignObjectException(key, "it was written with another layout");
    }
    if (!continuesFrom.equals(start)
        || (start instanceof Position before && !last.isAbove(before))) {
      throw new ForeignObjectException(key, "it does not continue from " + start.text());
    }
  }

  /** Typed access to the metadata of one object. */
  private record Fields(String key, Map<String, String> metadata) {
    String text(String name) {
      String value = metadata.get(KEY_START + name);
      if (value == null) {
        throw new ForeignObjectException(key, "it has no metadata " + KEY_START + name);
      }
      return value;
    }

    long count(String name) {
      String value = text(name);
      try {
        long count = Long.parseLong(value);
        if (count >= 0) {
          return count;
        }
      } catch (NumberFormatException e) {
        // Reported below, like a negative number.
      }
      throw unreadable(name, value);
    }

    Position position(String name) {
      String value = text(name);
      try {
        return Position.parse(value);
      } catch (IllegalArgumentException e) {
        throw unreadable(name, value);
      }
    }

    ContinuesFrom continuesFrom(String name) {
      String value = text(name);
      try {
        return ContinuesFrom.parse(value);
      } catch (IllegalArgumentException e) {
        throw unreadable(name, value);
      }
    }

    private ForeignObjectException unreadable(String name, String value) {
      return new ForeignObjectException(
          key, "its metadata " + KEY_START + name + " is \"" + value + '"');
    }
  }
}
