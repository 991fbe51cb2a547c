package dev.sluice.local.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What an opaque token of the API holds: a shard iterator, or the next page of a list. Bound to one
 * incarnation of a stream by its creation time.
 *
 * @param shardId the shard to read, or the last one of the page before
 * @param position where to read on
 * @param detail what else the next page needs; may be empty
 */
record Token(
    String kind,
    String streamName,
    long creationMillis,
    String shardId,
    long position,
    long issuedMillis,
    String detail) {
  static final String SHARD_ITERATOR = "iterator";
  static final String SHARD_PAGE = "shards";

  /** Iterators and next tokens expire after 300 s (AWS, GetShardIterator and ListShards). */
  static final long LIFETIME_MILLIS = 300_000;

  private static final String SEPARATOR = "|"; // in no name
  private static final int FIELDS = 7;

  String encode() {
    String text =
        String.join(
            SEPARATOR,
            kind,
            streamName,
            Long.toString(creationMillis),
            shardId,
            Long.toString(position),
            Long.toString(issuedMillis),
            detail);
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Empty when the text is no token of that kind. */
  static Optional<Token> decode(String kind, String text) {
    try {
      String[] fields =
          new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", FIELDS);
      if (fields.length != FIELDS || !fields[0].equals(kind)) {
        return Optional.empty();
      }
      return Optional.of(
          new Token(
              kind,
              fields[1],
              Long.parseLong(fields[2]),
              fields[3],
              Long.parseLong(fields[4]),
              Long.parseLong(fields[5]),
              fields[6]));
    } catch (IllegalArgumentException e) { // not base64, or not a number
      return Optional.empty();
    }
  }

  boolean isExpired(long nowMillis) {
    return nowMillis - issuedMillis > LIFETIME_MILLIS;
  }
}
