package dev.sluice.consumer.kcl;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import software.amazon.kinesis.retrieval.kpl.Messages;

/** Records as the Kinesis Producer Library puts them into one. */
public final class Aggregates {
  private Aggregates() {}

  /** A record of an aggregate; its hash key is null where the partition key says it. */
  public record Part(String partitionKey, String hashKey, byte[] data) {}

  /** The message between the mark and the checksum. */
  public static Messages.AggregatedRecord.Builder message(List<Part> parts) {
    var message = Messages.AggregatedRecord.newBuilder();
    for (Part part : parts) {
      var record =
          Messages.Record.newBuilder()
              .setPartitionKeyIndex(message.getPartitionKeyTableCount())
              .setData(ByteString.copyFrom(part.data()));
      message.addPartitionKeyTable(part.partitionKey());
      if (part.hashKey() != null) {
        record.setExplicitHashKeyIndex(message.getExplicitHashKeyTableCount());
        message.addExplicitHashKeyTable(part.hashKey());
      }
      message.addRecords(record);
    }
    return message;
  }

  public static byte[] of(List<Part> parts) {
    return of(message(parts).build().toByteArray());
  }

  /** Any bytes with the library's mark before them and their checksum behind. */
  public static byte[] of(byte[] message) {
    try {
      var bytes = new ByteArrayOutputStream();
      bytes.writeBytes(new byte[] {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2});
      bytes.writeBytes(message);
      bytes.writeBytes(MessageDigest.getInstance("MD5").digest(message));
      return bytes.toByteArray();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
