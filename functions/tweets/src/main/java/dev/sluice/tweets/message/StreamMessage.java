package dev.sluice.tweets.message;

import java.util.List;
import java.util.Optional;

/** One message of a stream of tweets. */
public sealed interface StreamMessage {

  /**
   * A tweet.
   *
   * @param id decimal digits, up to 20
   * @param text without escapes of HTML; of a retweet, the text of what it repeats
   * @param createdAt an instant in the words of ISO 8601
   * @param photos at most {@link #MAX_PHOTOS}, in the order of the tweet
   * @param unreadable members beside id and text that have another form than they should, and are
   *     left out for it
   */
  record Tweet(
      String id,
      String text,
      Optional<String> createdAt,
      List<Photo> photos,
      Optional<String> authorId,
      Optional<String> authorUserName,
      int unreadable)
      implements StreamMessage {

    /** Twitter takes four; what somebody else adds is left out. */
    public static final int MAX_PHOTOS = 10;

    public Tweet {
      photos = List.copyOf(photos);
    }
  }

  /**
   * A photo of a tweet.
   *
   * @param mediaId letters, digits, - and _, up to 64
   * @param url as it stands in the message: nobody has looked yet where it leads
   */
  record Photo(String mediaId, String url) {}

  /** The order to remove a tweet, which need not have come yet. */
  record Delete(String id) implements StreamMessage {}

  /** What the stream says about itself, or about tweets without changing what we keep of them. */
  record Control(Kind kind) implements StreamMessage {

    /** Which message. */
    public enum Kind {
      KEEP_ALIVE,
      LIMIT,
      SCRUB_GEO,
      STATUS_WITHHELD,
      USER_WITHHELD,
      DISCONNECT,
      WARNING
    }
  }
}
