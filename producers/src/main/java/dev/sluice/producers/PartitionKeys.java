package dev.sluice.producers;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Chooses the partition key, and by it the shard, of a line. Asked by one thread, in the order of
 * the lines.
 */
@FunctionalInterface
public interface PartitionKeys {
  /**
   * Characters of the longest partition key that Kinesis takes; the shortest has one.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsRequestEntry.html">PutRecordsRequestEntry</a>
   */
  int MAX_KEY_CHARACTERS = 256;

  /**
   * The key of the line in {@code [0, length)} of {@code line}, 1 to {@value #MAX_KEY_CHARACTERS}
   * characters.
   *
   * @param lineNumber counted from 1
   */
  String keyOf(byte[] line, int length, long lineNumber);

  /**
   * The first token of the line, up to a space or tab: in the Common and Combined formats the
   * client's address, so that all lines of a client share a shard. Cut to {@value
   * #MAX_KEY_CHARACTERS} characters; its bytes are read as ISO-8859-1, so that any bytes make a
   * valid key. A line without a first token (empty, or starting with a blank) gets the key of
   * {@link #lineNumber()}: such lines spread over the shards instead of heating one.
   *
   * <p>One very busy client can send no more than its one shard takes (1,000 records/s); the others
   * wait for it only as long as their batches hold some of its lines. For a load test, or for a
   * format whose first field is not the client ({@code vhost_combined}), take {@link #random}.
   */
  static PartitionKeys clientAddress() {
    PartitionKeys fallback = lineNumber();
    return (line, length, lineNumber) -> {
      int end = Math.min(length, MAX_KEY_CHARACTERS);
      int i = 0;
      while (i < end && line[i] != ' ' && line[i] != '\t') {
        i++;
      }
      return i == 0
          ? fallback.keyOf(line, length, lineNumber)
          : new String(line, 0, i, StandardCharsets.ISO_8859_1);
    };
  }

  /** 16 random hexadecimal digits: an even load on all shards, no order whatsoever. */
  static PartitionKeys random(RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    return (line, length, lineNumber) -> HexFormat.of().toHexDigits(random.nextLong());
  }

  /** The line's number, counted from 1: an even load that is the same at every replay. */
  static PartitionKeys lineNumber() {
    return (line, length, lineNumber) -> Long.toString(lineNumber);
  }

  /** The same key for every line: everything goes to one shard. */
  static PartitionKeys constant(String key) {
    int characters = key.codePointCount(0, key.length());
    if (characters < 1 || characters > MAX_KEY_CHARACTERS) {
      throw new IllegalArgumentException(
          "partition key has " + characters + " characters, not 1.." + MAX_KEY_CHARACTERS);
    }
    return (line, length, lineNumber) -> key;
  }
}
