package dev.sluice.windows;

import java.math.BigInteger;

/**
 * One record of the stream.
 *
 * @param item key of the changed item as text; null when the record names none
 * @param kind what happened to it
 * @param sequenceNumber as it came; empty when there is none
 */
record ItemChange(String item, ChangeKind kind, String sequenceNumber) {

  /** Whether the record can be counted, and be told from those before it. */
  boolean isReadable() {
    return item != null && isNumber(sequenceNumber);
  }

  /** Whether the record came after another in its shard. */
  boolean isAfter(String otherSequenceNumber) {
    return otherSequenceNumber.isEmpty()
        || new BigInteger(sequenceNumber).compareTo(new BigInteger(otherSequenceNumber)) > 0;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
