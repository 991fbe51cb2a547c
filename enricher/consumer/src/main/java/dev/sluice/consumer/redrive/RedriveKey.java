package dev.sluice.consumer.redrive;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Partition key of a line that was put back into the stream. It carries the only thing that a
 * record can say beside its line: how often the line was tried.
 */
public final class RedriveKey {
  private static final Pattern SHAPE = Pattern.compile("sluice-redrive-(\\d{1,6})-[0-9a-f]+");

  private RedriveKey() {}

  /**
   * A key for the next attempt.
   *
   * @param attempt of the consumer that will read it, 2 or more
   * @param random spreads the lines over the shards
   */
  public static String of(int attempt, long random) {
    return "sluice-redrive-" + attempt + '-' + Long.toHexString(random);
  }

  /**
   * The attempt that a record's key tells of, 1 if it tells of none.
   *
   * @param partitionKey null on streams that ignore keys
   */
  public static int attempt(String partitionKey) {
    if (partitionKey == null) {
      return 1;
    }
    Matcher matcher = SHAPE.matcher(partitionKey);
    return matcher.matches() ? Math.max(1, Integer.parseInt(matcher.group(1))) : 1;
  }
}
