package dev.sluice.tweets;

import dev.sluice.invocation.TimeLeft;
import dev.sluice.tweets.PhotoStage.LateException;
import dev.sluice.tweets.message.MalformedMessageException;
import dev.sluice.tweets.message.MalformedReason;
import dev.sluice.tweets.message.MessageReader;
import dev.sluice.tweets.message.StreamMessage;
import dev.sluice.tweets.message.StreamMessage.Control;
import dev.sluice.tweets.message.StreamMessage.Delete;
import dev.sluice.tweets.message.StreamMessage.Tweet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The records of one invocation. Records of one tweet are worked on one after the other; those of
 * different tweets beside each other, which is allowed because none depends on another. Whatever
 * the order, Lambda hears of the lowest record that is not done, and sends everything from it on
 * again.
 */
final class TweetBatch {
  private final List<KinesisRecord> records;
  private final TweetKeeper keeper;
  private final DeadLetters deadLetters;
  private final TimeLeft time;
  private final BatchTally tally;

  /** By record; null where it is no message. */
  private final StreamMessage[] messages;

  private final Malformed[] malformed;

  /** By record; null where it is not done. Each is written by one worker, before that ends. */
  private final RecordOutcome[] outcomes;

  /** Records by tweet, in the order in which tweets come first. */
  private final List<List<Integer>> groups;

  private final AtomicInteger nextGroup = new AtomicInteger();
  private volatile boolean stopped;

  private record Malformed(MalformedReason reason, String detail) {}

  TweetBatch(
      List<KinesisRecord> records,
      TweetKeeper keeper,
      DeadLetters deadLetters,
      TimeLeft time,
      BatchTally tally) {
    this.records = records;
    this.keeper = keeper;
    this.deadLetters = deadLetters;
    this.time = time;
    this.tally = tally;
    messages = new StreamMessage[records.size()];
    malformed = new Malformed[records.size()];
    outcomes = new RecordOutcome[records.size()];
    groups = read();
  }

  private List<List<Integer>> read() {
    Map<String, List<Integer>> byTweet = new LinkedHashMap<>();
    for (int i = 0; i < messages.length; i++) {
      try {
        messages[i] = message(records.get(i));
      } catch (MalformedMessageException e) {
        malformed[i] = new Malformed(e.reason(), e.getMessage());
        continue;
      }
      String id = tweetId(messages[i]);
      if (id != null) {
        byTweet.computeIfAbsent(id, key -> new ArrayList<>(1)).add(i);
      }
    }
    return List.copyOf(byTweet.values());
  }

  private static StreamMessage message(KinesisRecord record) throws MalformedMessageException {
    if (record.data() == null) {
      throw new MalformedMessageException(MalformedReason.NO_DATA, "no Base64");
    }
    return MessageReader.read(record.data());
  }

  private static String tweetId(StreamMessage message) {
    if (message instanceof Tweet tweet) {
      return tweet.id();
    }
    return message instanceof Delete delete ? delete.id() : null;
  }

  /**
   * Works on tweets until there are none left; any number of threads may do so. Whoever has taken a
   * tweet begins it, also when another has stopped the batch: so all before one that fails are
   * done.
   */
  void work() throws InterruptedException {
    while (!stopped) {
      int group = nextGroup.getAndIncrement();
      if (group >= groups.size()) {
        return;
      }
      try {
        for (int record : groups.get(group)) {
          if (time.isShort()) {
            stopped = true;
            return;
          }
          outcomes[record] = keep(record);
        }
      } catch (LateException e) {
        stopped = true;
      } catch (RuntimeException e) { // a store is away: what is not done comes again
        stopped = true;
        tally.trouble(e.getClass().getName()); // its message may quote a tweet
      }
    }
  }

  private RecordOutcome keep(int record) throws LateException, InterruptedException {
    return messages[record] instanceof Tweet tweet
        ? keeper.store(tweet, time, record == 0, tally)
        : keeper.delete((Delete) messages[record]);
  }

  /**
   * What is left when all workers have ended: records that are no tweets, up to the first that is
   * not done, so that none of them is counted or sent twice.
   *
   * @return number of the first record that is not done; that of all records when all are
   */
  int finish() {
    int done = 0;
    while (done < outcomes.length && finish(done)) {
      done++;
    }
    for (RecordOutcome outcome : outcomes) {
      if (outcome != null) {
        tally.count(outcome);
      }
    }
    return done;
  }

  private boolean finish(int record) {
    if (messages[record] instanceof Control control) {
      outcomes[record] = RecordOutcome.CONTROL;
      tally.count(control.kind());
    } else if (malformed[record] != null) {
      outcomes[record] = deadLettered(record) ? RecordOutcome.MALFORMED : null;
    }
    return outcomes[record] != null;
  }

  private boolean deadLettered(int record) {
    Malformed reason = malformed[record];
    try {
      deadLetters.send(records.get(record), reason.reason(), reason.detail());
      tally.malformed(reason.reason());
      tally.trouble(reason.reason() + ": " + reason.detail());
      return true;
    } catch (RuntimeException e) {
      tally.trouble(e.getClass().getName());
      return false;
    }
  }
}
