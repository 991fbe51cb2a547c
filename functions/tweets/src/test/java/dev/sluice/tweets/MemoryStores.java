package dev.sluice.tweets;

import dev.sluice.tweets.message.StreamMessage.Tweet;
import dev.sluice.tweets.photo.FetchedPhoto;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A table and a bucket in memory, which tell what is done before they do it. */
final class MemoryStores implements TweetTable, MediaStore {
  /** Empty for a tombstone. */
  final Map<String, String> texts = new ConcurrentHashMap<>();

  final Map<String, byte[]> media = new ConcurrentHashMap<>();

  /** Called with {@code put 7}, {@code delete 7} and so on; may throw. */
  volatile Consumer<String> before = step -> {};

  @Override
  public State state(String id) {
    before.accept("state " + id);
    return of(texts.get(id));
  }

  @Override
  public State putIfAbsent(Tweet tweet) {
    before.accept("put " + tweet.id());
    return of(texts.putIfAbsent(tweet.id(), tweet.text()));
  }

  @Override
  public State delete(String id) {
    before.accept("delete " + id);
    return of(texts.put(id, ""));
  }

  private static State of(String text) {
    if (text == null) {
      return State.ABSENT;
    }
    return text.isEmpty() ? State.DELETED : State.STORED;
  }

  @Override
  public void put(String tweetId, String mediaId, FetchedPhoto photo) {
    before.accept("photo " + tweetId);
    media.put(tweetId + "/" + mediaId, photo.bytes());
  }

  @Override
  public void removeAll(String tweetId) {
    before.accept("remove " + tweetId);
    media.keySet().removeIf(key -> key.startsWith(tweetId + "/"));
  }
}
