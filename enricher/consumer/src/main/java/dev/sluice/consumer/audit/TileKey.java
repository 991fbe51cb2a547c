package dev.sluice.consumer.audit;

import dev.sluice.consumer.tiles.TileKeys;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object key taken apart.
 *
 * @param rejects true for a rejects object, false for a commit
 * @param name last part without its ending: what the tile continues from, and for rejects the run
 *     id behind it
 */
public record TileKey(
    String key,
    boolean rejects,
    String application,
    String streamFolder,
    String shardId,
    String name) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:.*?/)?([^/]+)/(rejects/)?([^/]+-\\d+)/dt=\\d{4}-\\d\\d-\\d\\d/hr=\\d\\d/([^/]+)/([^/]+)"
              + Pattern.quote(TileKeys.SUFFIX));

  /** Nothing if the key has not the shape of a tile or of a rejects object. */
  public static Optional<TileKey> parse(String key) {
    Matcher matcher = SHAPE.matcher(key);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new TileKey(
            key,
            matcher.group(2) != null,
            matcher.group(1),
            matcher.group(3),
            matcher.group(4),
            matcher.group(5)));
  }

  /** Key of the only commit that may name this rejects object. */
  public String commitOfRejects() {
    String folder = key.substring(0, key.lastIndexOf('/') + 1);
    int at = folder.lastIndexOf('/' + TileKeys.REJECTS_FOLDER + '/' + streamFolder + '/');
    return folder.substring(0, at)
        + folder.substring(at + 1 + TileKeys.REJECTS_FOLDER.length())
        + name.substring(0, name.indexOf('-')) // no position has a hyphen, every run id has
        + TileKeys.SUFFIX;
  }

  /** The shard as findings name it, and as chains are grouped. */
  String shard() {
    return application + '/' + streamFolder + '/' + shardId;
  }
}
