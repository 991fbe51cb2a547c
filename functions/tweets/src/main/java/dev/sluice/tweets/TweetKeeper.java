package dev.sluice.tweets;

import dev.sluice.invocation.TimeLeft;
import dev.sluice.tweets.PhotoStage.LateException;
import dev.sluice.tweets.TweetTable.State;
import dev.sluice.tweets.message.StreamMessage.Delete;
import dev.sluice.tweets.message.StreamMessage.Tweet;
import dev.sluice.tweets.photo.PhotoFailure;
import java.util.List;
import java.util.Optional;

/**
 * Stores tweets and takes them back, so that the end does not depend on the order, on what comes
 * twice, or on who else is at work.
 *
 * <p>Photos are stored before the item, which says that they are: what was given up in between is
 * done again. Whoever has stored photos looks at the item afterwards, and removes them when it is a
 * tombstone; whoever deletes puts the tombstone first and removes the photos then. So of the two,
 * the later one sees what the other has done.
 */
final class TweetKeeper {
  private final TweetTable table;
  private final Optional<PhotoStage> photos;

  /**
   * @param photos empty when photos are not fetched
   */
  TweetKeeper(TweetTable table, Optional<PhotoStage> photos) {
    this.table = table;
    this.photos = photos;
  }

  RecordOutcome store(Tweet tweet, TimeLeft time, boolean isFirst, BatchTally tally)
      throws LateException, InterruptedException {
    if (photos.isEmpty() || tweet.photos().isEmpty()) {
      return outcome(table.putIfAbsent(tweet), tweet, tally);
    }
    State before = table.state(tweet.id());
    if (before == State.ABSENT) {
      List<PhotoFailure> failures = photos.get().store(tweet, time, isFirst);
      tally.photos(tweet.photos().size() - failures.size(), failures);
      before = table.putIfAbsent(tweet);
    }
    if (before == State.DELETED) {
      photos.get().removeAll(tweet.id());
    }
    return outcome(before, tweet, tally);
  }

  private static RecordOutcome outcome(State before, Tweet tweet, BatchTally tally) {
    return switch (before) {
      case ABSENT -> {
        tally.fieldsLeftOut(tweet.unreadable());
        yield RecordOutcome.STORED;
      }
      case STORED -> RecordOutcome.DUPLICATE;
      case DELETED -> RecordOutcome.STAYS_DELETED;
    };
  }

  RecordOutcome delete(Delete delete) {
    State before = table.delete(delete.id());
    photos.ifPresent(stage -> stage.removeAll(delete.id()));
    return before == State.STORED ? RecordOutcome.DELETED : RecordOutcome.TOMBSTONE;
  }
}
