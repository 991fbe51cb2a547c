package dev.sluice.functions.fanout.event;

import dev.sluice.functions.fanout.event.ProtobufFields.BrokenMessageException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes a record of the Kinesis Producer Library apart: four bytes, a message of protocol buffers,
 * and the message's MD5. A mapping does not do that, and does not tell the range of the shard
 * either, so records outside of it, which the library sends again after a reshard, are kept.
 *
 * @see <a
 *     href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">
 *     KPL aggregated record format</a>
 */
public final class KplAggregate {
  private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};
  private static final int MD5_BYTES = 16;

  // Fields of the message.
  private static final int PARTITION_KEYS = 1;
  private static final int EXPLICIT_HASH_KEYS = 2;
  private static final int RECORDS = 3;

  // Fields of a record in it.
  private static final int PARTITION_KEY_INDEX = 1;
  private static final int EXPLICIT_HASH_KEY_INDEX = 2;
  private static final int DATA = 3;

  private static final long NONE = -1;

  /**
   * A record as its producer knew it; its number in the list is its sub-sequence number.
   *
   * @param from first byte of it in the aggregate's data
   * @param to one after its last byte
   */
  public record Part(int from, int to) {}

  private KplAggregate() {}

  /** Whether the data begins as an aggregate does. */
  public static boolean begins(byte[] data) {
    return data.length >= MAGIC.length
        && Arrays.equals(data, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * The records in it, of which there are at most half as many as bytes. Empty when it is corrupt:
   * it is then taken as one raw record, which the parser will reject.
   *
   * @param data for which {@link #begins} holds
   */
  public static Optional<List<Part>> parts(byte[] data) {
    int end = data.length - MD5_BYTES;
    if (end <= MAGIC.length
        || !Arrays.equals(md5(data, MAGIC.length, end), 0, MD5_BYTES, data, end, data.length)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parts(data, end));
    } catch (BrokenMessageException | NumberFormatException corrupt) {
      return Optional.empty();
    }
  }

  private static List<Part> parts(byte[] data, int end) throws BrokenMessageException {
    int partitionKeys = 0;
    var hashKeys = new ArrayList<String>();
    var records = new ArrayList<ProtobufFields>();
    var message = new ProtobufFields(data, MAGIC.length, end);
    while (message.next()) {
      if (message.is(PARTITION_KEYS, ProtobufFields.BYTES)) {
        partitionKeys++;
      } else if (message.is(EXPLICIT_HASH_KEYS, ProtobufFields.BYTES)) {
        hashKeys.add(message.text());
      } else if (message.is(RECORDS, ProtobufFields.BYTES)) {
        records.add(message.message());
      }
    }
    var parts = new ArrayList<Part>(records.size());
    for (ProtobufFields record : records) {
      parts.add(part(record, partitionKeys, hashKeys));
    }
    return parts;
  }

  /** Keys are not needed here; that they are there shows that the message is what it claims. */
  private static Part part(ProtobufFields record, int partitionKeys, List<String> hashKeys)
      throws BrokenMessageException {
    long partitionKey = NONE;
    long hashKey = NONE;
    boolean hasHashKey = false;
    Part part = null;
    while (record.next()) {
      if (record.is(PARTITION_KEY_INDEX, ProtobufFields.VARINT)) {
        partitionKey = record.number();
      } else if (record.is(EXPLICIT_HASH_KEY_INDEX, ProtobufFields.VARINT)) {
        hashKey = record.number();
        hasHashKey = true;
      } else if (record.is(DATA, ProtobufFields.BYTES)) {
        part = new Part(record.from(), record.to());
      }
    }
    if (part == null
        || isOutside(partitionKey, partitionKeys)
        || hasHashKey && isOutside(hashKey, hashKeys.size())) {
      throw new BrokenMessageException();
    }
    if (hasHashKey) {
      new BigInteger(hashKeys.get((int) hashKey));
    }
    return part;
  }

  private static boolean isOutside(long index, int size) {
    return index < 0 || index >= size;
  }

  private static byte[] md5(byte[] bytes, int from, int to) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(bytes, from, to - from);
      return md5.digest();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
