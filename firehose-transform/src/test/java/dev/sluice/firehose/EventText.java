package dev.sluice.firehose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes events as Firehose does. */
final class EventText {
  static final String DELIVERY_STREAM =
      "arn:aws:firehose:eu-west-1:123456789012:deliverystream/logs";
  static final String SOURCE = "arn:aws:kinesis:eu-west-1:123456789012:stream/raw";

  private final List<String> records = new ArrayList<>();
  private boolean fromKinesis;

  void removeLast() {
    records.remove(records.size() - 1);
  }

  EventText fromKinesis() {
    fromKinesis = true;
    return this;
  }

  /** The id of the record with this number: as long as those of Firehose. */
  static String id(int record) {
    return String.format("49546986683135544286507457936321625675700192471156785%08d", record);
  }

  EventText line(String text) {
    return bytes(text.getBytes(UTF_8));
  }

  EventText bytes(byte[] bytes) {
    return data('"' + Base64.getEncoder().encodeToString(bytes) + '"');
  }

  /** A record whose data is any JSON. */
  EventText data(String json) {
    int number = records.size();
    String metadata =
        fromKinesis
            ? ",\"kinesisRecordMetadata\":{\"sequenceNumber\":\"49"
                + number
                + "\",\"subsequenceNumber\":\"\",\"partitionKey\":\"key-"
                + number
                + "\",\"shardId\":\"shardId-000000000000\",\"approximateArrivalTimestamp\":1495072949453}"
            : "";
    records.add(
        "{\"recordId\":\""
            + id(number)
            + "\",\"approximateArrivalTimestamp\":1495072949453,\"data\":"
            + json
            + metadata
            + "}");
    return this;
  }

  int records() {
    return records.size();
  }

  String json() {
    return "{\"invocationId\":\"invocation\",\"deliveryStreamArn\":\""
        + DELIVERY_STREAM
        + "\",\"region\":\"eu-west-1\","
        + (fromKinesis ? "\"sourceKinesisStreamArn\":\"" + SOURCE + "\"," : "")
        + "\"records\":["
        + String.join(",", records)
        + "]}";
  }
}
