package dev.sluice.consumer.tiles;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Object keys of one shard's chain. */
public final class TileKeys {
  /** Folder, outside every prefix, of what the consumer keeps for itself. */
  public static final String OWN_FOLDER = "_sluice";

  /** Ending of tiles and rejects objects. */
  public static final String SUFFIX = ".ndjson.gz";

  /** Folder of the rejects objects below the application's folder. */
  public static final String REJECTS_FOLDER = "rejects";

  private static final DateTimeFormatter TIME_FOLDER =
      DateTimeFormatter.ofPattern("'dt='yyyy-MM-dd'/hr='HH", Locale.ROOT);

  private final Layout layout;
  private final ShardAddress address;

  public TileKeys(Layout layout, ShardAddress address) {
    this.layout = layout;
    this.address = address;
  }

  /**
   * Key of the commit that continues from {@code start}.
   *
   * @param firstArrival arrival of the tile's first record: the same whoever builds the tile, and
   *     whenever
   */
  public String commit(ContinuesFrom start, Instant firstArrival) {
    return folder("") + timeFolder(firstArrival) + '/' + start.text() + SUFFIX;
  }

  /** Key of the tile's rejects as this run writes them; no other run ever uses the same key. */
  public String rejects(ContinuesFrom start, Instant firstArrival, String runId) {
    return folder(REJECTS_FOLDER + '/')
        + timeFolder(firstArrival)
        + '/'
        + start.text()
        + '-'
        + runId
        + SUFFIX;
  }

  private String folder(String kind) {
    return layout.prefix()
        + '/'
        + address.application()
        + '/'
        + kind
        + address.streamFolder()
        + '/';
  }

  private String timeFolder(Instant arrival) {
    return TIME_FOLDER.format(ZonedDateTime.ofInstant(arrival, layout.zone()))
        + '/'
        + address.shardId();
  }

  /** Key of the marker that says which tile is the last of the shard. */
  public String shardEnd() {
    return shardEnds(address.application(), address.streamFolder()) + address.shardId() + ".json";
  }

  /** Folder of a stream's shard-end markers. */
  public static String shardEnds(String application, String streamFolder) {
    return OWN_FOLDER + '/' + application + '/' + streamFolder + "/shard-ends/";
  }

  /**
   * Key of the marker that says how many lines of a rejects object were put back.
   *
   * @param name last part of the object's key, without its ending
   */
  public static String redriven(
      String application, String streamFolder, String shardId, String name) {
    return OWN_FOLDER
        + '/'
        + application
        + "/redriven/"
        + streamFolder
        + '/'
        + shardId
        + '/'
        + name
        + ".json";
  }

  /** Key of an application's layout; it does not depend on the prefix, which the layout fixes. */
  public static String layout(String application) {
    return OWN_FOLDER + '/' + application + "/_layout.json";
  }
}
