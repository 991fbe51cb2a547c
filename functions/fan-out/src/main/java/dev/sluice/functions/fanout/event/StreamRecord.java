package dev.sluice.functions.fanout.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One record of a Kinesis stream.
 *
 * @param sequenceNumber decimal number
 * @param arrivalMillis when the stream took it, since 1970
 * @param partitionKey empty on streams that ignore keys
 * @param data one line or several, or an aggregate of the Kinesis Producer Library
 */
public record StreamRecord(
    String sequenceNumber, long arrivalMillis, String partitionKey, byte[] data) {
  /** What {@code ./sluice redrive} puts rejected lines back with. */
  private static final Pattern REDRIVEN = Pattern.compile("sluice-redrive-(\\d{1,6})-[0-9a-f]+");

  /** 1, and one more for each time that it was put back after it was rejected. */
  public int attempt() {
    Matcher redriven = REDRIVEN.matcher(partitionKey);
    return redriven.matches() ? Math.max(1, Integer.parseInt(redriven.group(1))) : 1;
  }

  /** Whether it stands behind another place of the same shard; the empty one is before all. */
  public boolean isBehind(String otherSequenceNumber) {
    int byLength = Integer.compare(sequenceNumber.length(), otherSequenceNumber.length());
    return byLength != 0 ? byLength > 0 : sequenceNumber.compareTo(otherSequenceNumber) > 0;
  }
}
