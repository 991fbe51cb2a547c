package dev.sluice.tweets;

import dev.sluice.tweets.photo.FetchedPhoto;

/** Where photos are stored. Calls throw when nobody can say what became of them. */
interface MediaStore {
  void put(String tweetId, String mediaId, FetchedPhoto photo);

  /** Removes all photos of a tweet. */
  void removeAll(String tweetId);
}
