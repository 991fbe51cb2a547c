package dev.sluice.samples.tweets;

import java.time.Instant;
import java.util.List;

/**
 * What a tweet is about, before it is written in one of the forms of the API.
 *
 * @param text as its author wrote it
 * @param created to the second
 * @param media at most four photos, or one film
 * @param retweeted null unless this tweet repeats another
 * @param quoted null unless this tweet quotes another
 */
record TweetDraft(
    long id,
    Author author,
    Instant created,
    String text,
    List<Media> media,
    TweetDraft retweeted,
    TweetDraft quoted) {

  /** Who tweets. */
  record Author(long id, String userName, String name) {}

  /** What is attached. */
  enum MediaKind {
    PHOTO("photo", 3),
    GIF("animated_gif", 16),
    VIDEO("video", 13);

    /** The type in the API. */
    final String type;

    /** What the key of version 2 begins with. */
    final int keyPrefix;

    MediaKind(String type, int keyPrefix) {
      this.type = type;
      this.keyPrefix = keyPrefix;
    }
  }

  /**
   * One photo or film.
   *
   * @param photo of a film, the picture that stands for it
   */
  record Media(MediaKind kind, SamplePhoto photo) {
    String key() {
      return kind.keyPrefix + "_" + photo.mediaId();
    }
  }

  /** A repeated tweet has the content of the one that it repeats. */
  private TweetDraft content() {
    return retweeted == null ? this : retweeted;
  }

  StoredTweet stored() {
    return new StoredTweet(
        Long.toString(id),
        content().text(),
        created.toString(),
        content().media().stream()
            .filter(each -> each.kind() == MediaKind.PHOTO)
            .map(Media::photo)
            .toList(),
        Long.toString(author.id()),
        author.userName());
  }

  /** What Twitter escapes, and nothing else. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The text of a retweet itself: the beginning of what it repeats. */
  String retweetText(int maxCodePoints) {
    return cut("RT @" + retweeted.author().userName() + ": " + retweeted.text(), maxCodePoints);
  }

  static String cut(String text, int maxCodePoints) {
    if (text.codePointCount(0, text.length()) <= maxCodePoints) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, maxCodePoints - 1)) + "\u2026";
  }
}
