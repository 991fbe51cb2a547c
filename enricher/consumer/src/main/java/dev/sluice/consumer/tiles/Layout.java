package dev.sluice.consumer.tiles;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that decides where a record's tile lies and how it is written. Fixed per application
 * name: two owners of a shard that disagreed here would write the same records twice.
 *
 * @param prefix folder in the bucket that all tiles of the output lie in
 * @param zone time zone of the time directories
 * @param initialPosition where shards without a checkpoint start
 */
public record Layout(String prefix, ZoneId zone, InitialPosition initialPosition) {
  /** Version of the tile, its metadata and this file together. */
  public static final int VERSION = 1;

  /** Shape of the keys below the prefix. */
  public static final String TEMPLATE =
      "<application>/<stream>-<creation>/dt=YYYY-MM-DD/hr=HH/<shardId>/<continuesFrom>.ndjson.gz";

  public static final String FORMAT = "ndjson";
  public static final String COMPRESSION = "gzip";

  private static final int FINGERPRINT_BYTES = 8;

  public Layout {
    Objects.requireNonNull(prefix, "prefix");
    zone = zone.normalized(); // UTC and Z are one zone
    Objects.requireNonNull(initialPosition, "initialPosition");
  }

  /** The items of the layout by name, in a fixed order. */
  Map<String, String> items() {
    var items = new LinkedHashMap<String, String>();
    items.put("version", Integer.toString(VERSION));
    items.put("prefix", prefix);
    items.put("template", TEMPLATE);
    items.put("zone", zone.getId());
    items.put("format", FORMAT);
    items.put("compression", COMPRESSION);
    return items;
  }

  /**
   * Short hash of all items but the initial position, which moves no key once a shard has started.
   */
  public String fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(items().toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** One sentence for each item in which the layout in force differs from this wanted one. */
  List<String> differencesTo(Map<String, String> inForce, InitialPosition.Kind kindInForce) {
    var differences = new ArrayList<String>();
    items()
        .forEach(
            (name, wanted) -> {
              String kept = inForce.get(name);
              if (!wanted.equals(kept)) {
                differences.add(name + " is \"" + kept + "\" there and \"" + wanted + "\" here");
              }
            });
    if (kindInForce != initialPosition.kind()) {
      differences.add(
          "initial position is " + kindInForce + " there and " + initialPosition.kind() + " here");
    }
    return differences;
  }
}
