package dev.sluice.consumer.kcl;

import com.google.protobuf.InvalidProtocolBufferException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.Messages;

/**
 * Takes aggregates of the Kinesis Producer Library apart, and says what was not taken. KCL's own
 * {@link AggregatorUtil} says nothing: of an aggregate with one record outside of the shard it
 * leaves out all of them (KCL #343), and one that is corrupt inside takes its whole batch along or
 * loses its rest, depending on the class path.
 *
 * <p>Here a record outside of the shard is left out alone. The library sends it again, because it
 * counts as delivered only in a shard whose range holds it (KPL, {@code
 * Retrier::succeed_if_correct_shard}), so whoever took it would have it twice; its neighbours count
 * as delivered, so whoever left them out would lose them.
 *
 * @see <a
 *     href="https://github.com/awslabs/amazon-kinesis-producer/blob/master/aggregation-format.md">
 *     KPL aggregated record format</a>
 */
class KplRecords extends AggregatorUtil {
  private static final int MD5_BYTES = 16;

  /** Hears of what is not taken apart as it was meant. */
  interface Losses {
    /** Of one aggregate so many records lie outside of the shard, and were left out. */
    void outsideShard(int records);

    /** A record says that it is an aggregate and is none; it is taken as one raw record. */
    void corruptAggregate();
  }

  private final Losses losses;

  KplRecords(Losses losses) {
    this.losses = losses;
  }

  /**
   * The records in their order, each of an aggregate with its place in it as sub-sequence number.
   *
   * @param from lowest hash key of the shard
   * @param to highest one
   */
  @Override
  public List<KinesisClientRecord> deaggregate(
      List<KinesisClientRecord> records, BigInteger from, BigInteger to) {
    var result = new ArrayList<KinesisClientRecord>(records.size());
    for (KinesisClientRecord record : records) {
      byte[] bytes = aggregate(record.data());
      if (bytes == null) {
        result.add(record);
        continue;
      }
      Optional<List<KinesisClientRecord>> parts = parts(record, bytes, from, to);
      if (parts.isPresent()) {
        result.addAll(parts.get());
      } else {
        losses.corruptAggregate();
        result.add(record); // its bytes end among the rejects
      }
    }
    return result;
  }

  /** The bytes of a record that begins as an aggregate does; null for all others. */
  private static byte[] aggregate(ByteBuffer data) {
    ByteBuffer all = data.duplicate();
    all.rewind();
    if (all.remaining() < AGGREGATED_RECORD_MAGIC.length) {
      return null;
    }
    for (int i = 0; i < AGGREGATED_RECORD_MAGIC.length; i++) {
      if (all.get(i) != AGGREGATED_RECORD_MAGIC[i]) {
        return null;
      }
    }
    byte[] bytes = new byte[all.remaining()];
    all.get(bytes);
    return bytes;
  }

  /** Empty when the aggregate is corrupt: then nothing of it was reported or taken. */
  private Optional<List<KinesisClientRecord>> parts(
      KinesisClientRecord record, byte[] bytes, BigInteger from, BigInteger to) {
    int start = AGGREGATED_RECORD_MAGIC.length;
    int end = bytes.length - MD5_BYTES;
    if (end <= start
        || !Arrays.equals(md5(bytes, start, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
      return Optional.empty();
    }
    var parts = new ArrayList<KinesisClientRecord>();
    int outside = 0;
    try {
      var message = Messages.AggregatedRecord.parseFrom(ByteBuffer.wrap(bytes, start, end - start));
      for (int i = 0; i < message.getRecordsCount(); i++) {
        Messages.Record part = message.getRecords(i);
        String key = message.getPartitionKeyTable(index(part.getPartitionKeyIndex()));
        String hashKey =
            part.hasExplicitHashKeyIndex()
                ? message.getExplicitHashKeyTable(index(part.getExplicitHashKeyIndex()))
                : null;
        BigInteger hash = hash(key, hashKey);
        if (hash.compareTo(from) < 0 || hash.compareTo(to) > 0) {
          outside++;
        } else {
          parts.add(
              record.toBuilder()
                  .data(part.getData().asReadOnlyByteBuffer())
                  .partitionKey(key)
                  .explicitHashKey(hashKey)
                  .subSequenceNumber(i)
                  .aggregated(true)
                  .build());
        }
      }
    } catch (InvalidProtocolBufferException
        | IndexOutOfBoundsException
        | NumberFormatException corrupt) {
      return Optional.empty();
    }
    if (outside > 0) {
      losses.outsideShard(outside);
    }
    return Optional.of(parts);
  }

  private static int index(long index) {
    if (index < 0 || index > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException("no key has the number " + index);
    }
    return (int) index;
  }

  /** Where a record belongs: Kinesis' own rule, the MD5 of the partition key. */
  private static BigInteger hash(String partitionKey, String explicitHashKey) {
    if (explicitHashKey != null) {
      return new BigInteger(explicitHashKey);
    }
    byte[] key = partitionKey.getBytes(StandardCharsets.UTF_8);
    return new BigInteger(1, md5(key, 0, key.length));
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
