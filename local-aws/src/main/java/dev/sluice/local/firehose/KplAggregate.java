package dev.sluice.local.firehose;

import dev.sluice.local.kinesis.StreamTail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The records that the Kinesis Producer Library has put into one (its "KPL Aggregated Record
 * Format"): four bytes, a message of protocol buffers, and the message's MD5.
 */
final class KplAggregate {

  private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};
  private static final int MD5_BYTES = 16;

  /** Fields of the message, and of a record in it. */
  private static final int PARTITION_KEY_TABLE = 1;

  private static final int RECORDS = 3;
  private static final int PARTITION_KEY_INDEX = 1;
  private static final int DATA = 3;

  /** A record as its producer knew it. */
  record UserRecord(String partitionKey, byte[] data) {}

  private KplAggregate() {}

  /** A record of the source, or those that are in it, each at the place of the whole. */
  static List<StreamTail.Item> userRecords(StreamTail.Item item) {
    return split(item.data())
        .map(
            records ->
                records.stream()
                    .map(
                        each ->
                            new StreamTail.Item(
                                item.shardId(),
                                item.sequenceNumber(),
                                each.partitionKey(),
                                item.arrivalMillis(),
                                each.data()))
                    .toList())
        .orElseGet(() -> List.of(item));
  }

  /** The records; empty when this is no aggregate, or a damaged one, and stays one record. */
  static Optional<List<UserRecord>> split(byte[] data) {
    int end = data.length - MD5_BYTES;
    if (end < MAGIC.length
        || !Arrays.equals(data, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        || !Arrays.equals(
            md5(data, MAGIC.length, end), Arrays.copyOfRange(data, end, data.length))) {
      return Optional.empty();
    }
    try {
      return Optional.of(records(new ProtobufReader(data, MAGIC.length, end)));
    } catch (IndexOutOfBoundsException noSuchMessage) {
      return Optional.empty();
    }
  }

  private static List<UserRecord> records(ProtobufReader message) {
    var keys = new ArrayList<String>();
    var messages = new ArrayList<ProtobufReader>();
    while (message.next()) {
      switch (message.field()) {
        case PARTITION_KEY_TABLE -> keys.add(new String(message.bytes(), StandardCharsets.UTF_8));
        case RECORDS -> messages.add(message.message());
        default -> {} // explicit hash keys, and what may come later
      }
    }
    var records = new ArrayList<UserRecord>();
    messages.forEach(each -> records.add(record(each, keys)));
    return records;
  }

  private static UserRecord record(ProtobufReader message, List<String> keys) {
    String key = keys.get(0);
    byte[] data = {};
    while (message.next()) {
      switch (message.field()) {
        case PARTITION_KEY_INDEX ->
            key = keys.get((int) Objects.checkIndex(message.number(), (long) keys.size()));
        case DATA -> data = message.bytes();
        default -> {}
      }
    }
    return new UserRecord(key, data);
  }

  private static byte[] md5(byte[] data, int from, int to) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      md5.update(data, from, to - from);
      return md5.digest();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
