package dev.sluice.tweets;

import dev.sluice.enricher.InvalidSettingsException;
import dev.sluice.enricher.SettingKey;
import dev.sluice.enricher.Settings;
import dev.sluice.invocation.InvocationSettings;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the function needs to know, read once for each execution environment.
 *
 * @param tweetTable DynamoDB table with the key {@code tweet_id}, a string
 * @param mediaBucket for photos; empty, none are fetched
 * @param photoHosts where photos may be fetched, in lower case
 * @param photosAtOnce most that are fetched at a time
 * @param deadLetterQueueUrl for records that cannot be read; empty, they are counted and left out
 * @param invocation what every function has
 */
public record TweetSettings(
    String tweetTable,
    Optional<String> mediaBucket,
    Set<String> photoHosts,
    int photosAtOnce,
    Optional<String> deadLetterQueueUrl,
    InvocationSettings invocation) {

  private static final String DEFAULT_HOSTS = "pbs.twimg.com";
  private static final int DEFAULT_PHOTOS_AT_ONCE = 8;

  /** As many photos of 10 MB are within 512 MB of memory. */
  private static final int MAX_PHOTOS_AT_ONCE = 16;

  /** Names of at least two parts, the last of which is no number: never an address. */
  private static final Pattern HOST =
      Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.){1,8}[a-z][a-z0-9-]{0,61}");

  private static final List<SettingKey> KEYS =
      List.of(
          new SettingKey(
              "TWEET_TABLE", "", "table", "DynamoDB table, key tweet_id, a string. Required."),
          new SettingKey(
              "MEDIA_BUCKET", "", "bucket", "S3 bucket for photos; without it none are fetched."),
          new SettingKey(
              "PHOTO_HOSTS",
              DEFAULT_HOSTS,
              "hosts",
              "Where photos may be fetched, parted by commas; each host by its whole name."),
          new SettingKey(
              "PHOTOS_AT_ONCE",
              Integer.toString(DEFAULT_PHOTOS_AT_ONCE),
              "photos",
              "Most that are fetched at a time, up to 16."),
          new SettingKey(
              "DEAD_LETTER_QUEUE_URL",
              "",
              "URL",
              "SQS queue for records that are no message; without it they are counted alone."));

  /** The table of the function's keys. */
  public static List<SettingKey> keys() {
    return Stream.concat(KEYS.stream(), InvocationSettings.keys().stream()).toList();
  }

  /**
   * Reads the settings.
   *
   * @throws InvalidSettingsException with all problems together
   */
  static TweetSettings from(Settings settings) {
    var read =
        new TweetSettings(
            settings.required("TWEET_TABLE"),
            settings.text("MEDIA_BUCKET"),
            hosts(settings),
            settings.intBetween("PHOTOS_AT_ONCE", DEFAULT_PHOTOS_AT_ONCE, 1, MAX_PHOTOS_AT_ONCE),
            settings.text("DEAD_LETTER_QUEUE_URL"),
            InvocationSettings.from(settings));
    settings.throwIfInvalid();
    return read;
  }

  private static Set<String> hosts(Settings settings) {
    Set<String> hosts =
        Stream.of(settings.text("PHOTO_HOSTS", DEFAULT_HOSTS).split(",", -1))
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    for (String host : hosts) {
      if (!HOST.matcher(host).matches()) {
        settings.problem("PHOTO_HOSTS", "has \"" + host + "\", which is no name of a host");
      }
    }
    return hosts;
  }
}
