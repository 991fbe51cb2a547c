package dev.sluice.producers.command;

import dev.sluice.producers.AccessLogTimes;
import dev.sluice.producers.LineTimes;
import dev.sluice.producers.PartitionKeys;
import dev.sluice.producers.TweetLines;

/**
 * What the lines of a file are.
 *
 * @param name the command's
 * @param keyWord word of {@code --partition-key} for the key that lines of this kind have
 * @param keys that key, taken unless another is asked for
 * @param times finds a line's time, for {@code --speed}
 */
record ReplayKind(String name, String keyWord, PartitionKeys keys, LineTimes times) {

  static ReplayKind logs() {
    return new ReplayKind(
        "logs", "client-address", PartitionKeys.clientAddress(), new AccessLogTimes());
  }

  static ReplayKind tweets() {
    var lines = new TweetLines();
    return new ReplayKind("tweets", "tweet-id", lines.byTweet(), lines);
  }
}
