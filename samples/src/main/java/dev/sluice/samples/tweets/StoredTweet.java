package dev.sluice.samples.tweets;

import java.util.List;
import java.util.Optional;

/**
 * What must be stored of a tweet.
 *
 * @param text as its author wrote it, without escapes of HTML
 * @param createdAt an instant in the words of ISO 8601, such as {@code 2023-05-01T12:00:00Z}
 * @param photos all of them, in their order; the first is the one of the attributes
 */
public record StoredTweet(
    String tweetId,
    String text,
    String createdAt,
    List<SamplePhoto> photos,
    String authorId,
    String authorUserName) {

  public StoredTweet {
    photos = List.copyOf(photos);
  }

  public Optional<SamplePhoto> firstPhoto() {
    return photos.stream().findFirst();
  }
}
