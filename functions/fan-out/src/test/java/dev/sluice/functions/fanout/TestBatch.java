package dev.sluice.functions.fanout;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Records of a shard, as a batch and as the event that a mapping sends. */
public final class TestBatch {
  public static final String STREAM = "logs";
  public static final String SHARD = "shardId-000000000006";
  public static final long ARRIVAL_MILLIS = 1_767_225_600_123L;

  private static final BigInteger FIRST =
      new BigInteger("49590338271490256608559692538361571095921575989136588898");

  private TestBatch() {}

  /** A number of 56 digits. */
  public static String sequenceNumber(int record) {
    return FIRST.add(BigInteger.valueOf(record)).toString();
  }

  /** One record for each payload, the first with the number {@code first}. */
  public static StreamBatch of(int first, List<byte[]> payloads) {
    var records = new ArrayList<StreamRecord>();
    for (byte[] payload : payloads) {
      records.add(
          new StreamRecord(sequenceNumber(first + records.size()), ARRIVAL_MILLIS, "key", payload));
    }
    return new StreamBatch(STREAM, SHARD, records);
  }

  public static StreamBatch ofText(int first, String... payloads) {
    var bytes = new ArrayList<byte[]>();
    for (String payload : payloads) {
      bytes.add(payload.getBytes(UTF_8));
    }
    return of(first, bytes);
  }

  /** The same records from {@code from} (in) to {@code to} (out), as when they come again. */
  public static StreamBatch part(StreamBatch batch, int from, int to) {
    return new StreamBatch(batch.stream(), batch.shardId(), batch.records().subList(from, to));
  }

  /** AWS's example event with these records. */
  public static byte[] event(StreamBatch batch) {
    var event = new StringBuilder("{\"Records\":[");
    for (StreamRecord record : batch.records()) {
      event.append(event.length() > 12 ? "," : "");
      event.append(
          """
          {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"%s","sequenceNumber":"%s",\
          "data":"%s","approximateArrivalTimestamp":%s},"eventSource":"aws:kinesis",\
          "eventVersion":"1.0","eventID":"%s:%s","eventName":"aws:kinesis:record",\
          "invokeIdentityArn":"arn:aws:iam::123456789012:role/lambda-role",\
          "awsRegion":"us-east-2",\
          "eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/%s"}"""
              .formatted(
                  record.partitionKey(),
                  record.sequenceNumber(),
                  Base64.getEncoder().encodeToString(record.data()),
                  String.format(Locale.ROOT, "%.3f", record.arrivalMillis() / 1e3),
                  batch.shardId(),
                  record.sequenceNumber(),
                  batch.stream()));
    }
    return event.append("]}").toString().getBytes(UTF_8);
  }
}
