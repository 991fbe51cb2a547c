package dev.sluice.system.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** An event as Firehose sends it; its record ids have 56 digits, as those of AWS's samples have. */
final class TestEvent {

  private static final String DIRECT_PUT =
      "{\"invocationId\":\"invocationIdExample\",\"deliveryStreamArn\":"
          + "\"arn:aws:firehose:us-east-1:000000000000:deliverystream/lines\","
          + "\"region\":\"us-east-1\",";
  private static final String SOURCE =
      "\"sourceKinesisStreamArn\":\"arn:aws:kinesis:us-east-1:000000000000:stream/raw\",";

  private final boolean fromStream;
  private final List<String> ids = new ArrayList<>();
  private final StringBuilder records = new StringBuilder();

  private TestEvent(boolean fromStream) {
    this.fromStream = fromStream;
  }

  static TestEvent directPut() {
    return new TestEvent(false);
  }

  /** With a Kinesis stream as source. */
  static TestEvent fromStream() {
    return new TestEvent(true);
  }

  TestEvent add(byte[] data) {
    return addRaw('"' + Base64.getEncoder().encodeToString(data) + '"');
  }

  TestEvent add(String text) {
    return add(text.getBytes(UTF_8));
  }

  /** Adds a record whose data is this piece of JSON. */
  TestEvent addRaw(String data) {
    String id = String.format(Locale.ROOT, "49546986683135544286507457936321%024d", ids.size());
    if (!ids.isEmpty()) {
      records.append(',');
    }
    records.append("{\"recordId\":\"").append(id);
    records.append("\",\"approximateArrivalTimestamp\":1495072949453,\"data\":").append(data);
    if (fromStream) {
      records.append(",\"kinesisRecordMetadata\":{\"shardId\":\"shardId-000000000000\",");
      records.append("\"partitionKey\":\"4d1ad2b9-24f8-4b9d-a088-76e9947c317a\",");
      records.append("\"approximateArrivalTimestamp\":1495072949453,\"sequenceNumber\":\"");
      records.append(id).append("\",\"subsequenceNumber\":0}");
    }
    records.append('}');
    ids.add(id);
    return this;
  }

  List<String> ids() {
    return ids;
  }

  int records() {
    return ids.size();
  }

  byte[] json() {
    return (DIRECT_PUT + (fromStream ? SOURCE : "") + "\"records\":[" + records + "]}")
        .getBytes(UTF_8);
  }
}
