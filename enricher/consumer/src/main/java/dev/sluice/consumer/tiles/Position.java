package dev.sluice.consumer.tiles;

import java.util.Objects;

/**
 * Place of one record in its shard. Records of a KPL aggregate share a sequence number and differ
 * in the sub-sequence number; any other record has sub-sequence number 0.
 *
 * @param sequenceNumber decimal number without leading zeros, at most {@value #MAX_DIGITS} digits
 * @param subSequenceNumber 0 or above
 */
public record Position(String sequenceNumber, long subSequenceNumber)
    implements ContinuesFrom, Comparable<Position> {
  /** Kinesis uses 56 digits and documents no more than 128. */
  static final int MAX_DIGITS = 128;

  public Position {
    Objects.requireNonNull(sequenceNumber, "sequenceNumber");
    if (!isDecimal(sequenceNumber)) {
      throw new IllegalArgumentException("not a sequence number: \"" + sequenceNumber + '"');
    }
    if (subSequenceNumber < 0) {
      throw new IllegalArgumentException("sub-sequence number is negative: " + subSequenceNumber);
    }
  }

  private static boolean isDecimal(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_DIGITS || (length > 1 && text.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return true;
  }

  /** {@code <sequence number>.<sub-sequence number>}. */
  @Override
  public String text() {
    return sequenceNumber + '.' + subSequenceNumber;
  }

  /**
   * The opposite of {@link #text()}.
   *
   * @throws IllegalArgumentException if the text is not a position
   */
  public static Position parse(String text) {
    int dot = text.indexOf('.');
    if (dot > 0) {
      try {
        Position position =
            new Position(text.substring(0, dot), Long.parseLong(text.substring(dot + 1)));
        if (position.text().equals(text)) {
          return position;
        }
      } catch (IllegalArgumentException e) {
        // Reported below, with the whole text.
      }
    }
    throw new IllegalArgumentException("not a position: \"" + text + '"');
  }

  /** True if this position lies behind {@code other}, or if {@code other} is null: none yet. */
  public boolean isAbove(Position other) {
    return other == null || compareTo(other) > 0;
  }

  /** Order of the records in the shard. Without leading zeros, the longer number is the larger. */
  @Override
  public int compareTo(Position other) {
    int byLength = Integer.compare(sequenceNumber.length(), other.sequenceNumber.length());
    if (byLength != 0) {
      return byLength;
    }
    int bySequence = sequenceNumber.compareTo(other.sequenceNumber);
    return bySequence != 0 ? bySequence : Long.compare(subSequenceNumber, other.subSequenceNumber);
  }
}
