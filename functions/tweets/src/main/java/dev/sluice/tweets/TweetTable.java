package dev.sluice.tweets;

import dev.sluice.tweets.message.StreamMessage.Tweet;

/** Where tweets are stored. Calls throw when nobody can say what became of them. */
interface TweetTable {

  /** What there is of a tweet. */
  enum State {
    ABSENT,
    STORED,
    /** A tombstone: the tweet is never stored again. */
    DELETED
  }

  State state(String id);

  /** Stores a tweet unless something is there; answers what was there. */
  State putIfAbsent(Tweet tweet);

  /** Puts a tombstone in place of whatever is there; answers what was there. */
  State delete(String id);
}
