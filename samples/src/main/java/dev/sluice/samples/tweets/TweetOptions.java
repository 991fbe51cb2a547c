package dev.sluice.samples.tweets;

/**
 * What sample tweets look like. Immutable; start from {@link #defaults()}.
 *
 * @param photoBase what the URL of each photo begins with, ending with a slash
 * @param duplicateShare share of tweets, 0 to 1, that come twice
 * @param deleteShare share of tweets, 0 to 1, that are deleted, before or after they come
 * @param controlShare messages that are no tweets and no deletes, for each tweet, 0 to 1
 * @param malformedShare messages that nobody can read, for each tweet, 0 to 1
 */
public record TweetOptions(
    String photoBase,
    double duplicateShare,
    double deleteShare,
    double controlShare,
    double malformedShare) {

  public TweetOptions {
    if (!photoBase.endsWith("/")) {
      throw new IllegalArgumentException("no slash at the end of " + photoBase);
    }
    requireShare("duplicate", duplicateShare);
    requireShare("delete", deleteShare);
    requireShare("control", controlShare);
    requireShare("malformed", malformedShare);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " share is not 0 to 1: " + share);
    }
  }

  /** Photos of Twitter's own host; 5 % twice, 5 % deleted, 3 % control messages, none malformed. */
  public static TweetOptions defaults() {
    return new TweetOptions("https://pbs.twimg.com/media/", 0.05, 0.05, 0.03, 0);
  }

  public TweetOptions withPhotoBase(String base) {
    return new TweetOptions(base, duplicateShare, deleteShare, controlShare, malformedShare);
  }

  public TweetOptions withDuplicateShare(double share) {
    return new TweetOptions(photoBase, share, deleteShare, controlShare, malformedShare);
  }

  public TweetOptions withDeleteShare(double share) {
    return new TweetOptions(photoBase, duplicateShare, share, controlShare, malformedShare);
  }

  public TweetOptions withControlShare(double share) {
    return new TweetOptions(photoBase, duplicateShare, deleteShare, share, malformedShare);
  }

  public TweetOptions withMalformedShare(double share) {
    return new TweetOptions(photoBase, duplicateShare, deleteShare, controlShare, share);
  }
}
