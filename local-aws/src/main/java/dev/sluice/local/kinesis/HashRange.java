package dev.sluice.local.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The hash keys of one shard, both ends included. All open shards of a stream tile 0 to 2^128-1.
 */
record HashRange(BigInteger start, BigInteger end) {
  static final BigInteger MAX_HASH_KEY = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
  private static final ThreadLocal<MessageDigest> MD5 = ThreadLocal.withInitial(HashRange::md5);

  HashRange {
    if (start.signum() < 0 || start.compareTo(end) > 0 || end.compareTo(MAX_HASH_KEY) > 0) {
      throw new IllegalArgumentException("not a range of hash keys: " + start + " to " + end);
    }
  }

  /**
   * Equal ranges that tile the whole space; the last one takes the remainder, as the service does.
   */
  static List<HashRange> tile(int count) {
    BigInteger width = MAX_HASH_KEY.add(BigInteger.ONE).divide(BigInteger.valueOf(count));
    List<HashRange> tiles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      BigInteger start = width.multiply(BigInteger.valueOf(i));
      BigInteger end = i == count - 1 ? MAX_HASH_KEY : start.add(width).subtract(BigInteger.ONE);
      tiles.add(new HashRange(start, end));
    }
    return tiles;
  }

  /** The hash key of a partition key: its MD5 as an unsigned 128-bit number (AWS, PutRecord). */
  static BigInteger hashKey(String partitionKey) {
    return new BigInteger(1, MD5.get().digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
  }

  boolean contains(BigInteger hashKey) {
    return start.compareTo(hashKey) <= 0 && hashKey.compareTo(end) <= 0;
  }

  /** Whether this range ends where the other one starts. */
  boolean isJustBefore(HashRange other) {
    return end.add(BigInteger.ONE).equals(other.start);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
