package dev.sluice.local.kinesis;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The 56-digit text of a position in a shard. Laid out as the service does, which KCL decodes
 * ({@code SequenceNumberValidator}): 186 bits, version 2 in the top bits, the shard's index in 32
 * bits from bit 4; our position fills the bits from 36.
 */
final class SequenceNumber {
  static final int DIGITS = 56;
  private static final int BITS = 186;
  private static final int VERSION_SHIFT = 184;
  private static final int VERSION = 2;
  private static final int POSITION_SHIFT = 36;
  private static final int SHARD_SHIFT = 4;
  private static final int NUMBER_BYTES = 24;

  private SequenceNumber() {}

  static String text(long position, int shardIndex) {
    byte[] number =
        ByteBuffer.allocate(NUMBER_BYTES)
            .putLong((long) VERSION << (VERSION_SHIFT - 128))
            .putLong(position >>> (Long.SIZE - POSITION_SHIFT))
            .putLong(
                position << POSITION_SHIFT
                    | Integer.toUnsignedLong(shardIndex) << SHARD_SHIFT
                    | VERSION)
            .array();
    return new BigInteger(number).toString();
  }

  /**
   * The position that the text stands for in the shard of that index; empty when it is no sequence
   * number of such a shard.
   */
  static OptionalLong position(String text, int shardIndex) {
    if (text.length() != DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    var number = new BigInteger(text);
    if (number.bitLength() != BITS) {
      return OptionalLong.empty();
    }
    long position = number.shiftRight(POSITION_SHIFT).longValue();
    return text(position, shardIndex).equals(text)
        ? OptionalLong.of(position)
        : OptionalLong.empty();
  }
}
