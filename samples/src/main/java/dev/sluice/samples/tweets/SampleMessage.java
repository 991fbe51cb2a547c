package dev.sluice.samples.tweets;

/**
 * One message of a stream of tweets.
 *
 * @param bytes one line without line end; empty for a keep-alive; not copied
 */
public record SampleMessage(byte[] bytes, Kind kind) {

  /** What a message is. */
  public enum Kind {
    TWEET,
    /** A tweet that comes a second time, the same bytes or in another form of the API. */
    DUPLICATE,
    DELETE,
    /** Neither a tweet nor a delete: limit, warning, keep-alive and the like. */
    CONTROL,
    /** What nobody can read as any of these. */
    MALFORMED
  }
}
