package dev.sluice.lookups.database;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database in S3.
 *
 * @param file where it lies once it is fetched
 */
public record RemoteDatabase(String bucket, String key, Path file) {
  private static final String SCHEME = "s3://";

  /** A class of its own, so that only who has databases in S3 compiles it. */
  private static final class Location {
    static final Pattern TEXT =
        Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(\\S{1,1024})");
  }

  /** Whether a setting names an object rather than a file. */
  public static boolean isRemote(String location) {
    return location.startsWith(SCHEME);
  }

  /** The object that a setting names; empty when it is not written {@code s3://bucket/key}. */
  public static Optional<RemoteDatabase> parse(String location, Path file) {
    Matcher matcher = Location.TEXT.matcher(location);
    return matcher.matches()
        ? Optional.of(new RemoteDatabase(matcher.group(1), matcher.group(2), file))
        : Optional.empty();
  }

  /** The location as it is written. */
  @Override
  public String toString() {
    return SCHEME + bucket + "/" + key;
  }
}
