package dev.sluice.jmh.functions;

import dev.sluice.jmh.corpus.Lines;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Events as the mapping of a Kinesis stream sends them, one line in a record, of {@value #RECORDS}
 * records together: as one they would be above the 6 MB of Lambda.
 */
public final class StreamEvents {
  public static final int RECORDS = 10_000;

  private static final int RECORDS_OF_AN_EVENT = 5_000;
  private static final String RECORD =
      "{\"kinesis\":{\"kinesisSchemaVersion\":\"1.0\",\"partitionKey\":\"%016x\","
          + "\"sequenceNumber\":\"49590338271490256608559692538361571095921575989%09d\","
          + "\"data\":\"%s\",\"approximateArrivalTimestamp\":1545084650.987},"
          + "\"eventSource\":\"aws:kinesis\",\"eventVersion\":\"1.0\","
          + "\"eventID\":\"shardId-000000000006:"
          + "49590338271490256608559692538361571095921575989%09d\","
          + "\"eventName\":\"aws:kinesis:record\","
          + "\"invokeIdentityArn\":\"arn:aws:iam::123456789012:role/lambda-role\","
          + "\"awsRegion\":\"us-east-2\","
          + "\"eventSourceARN\":\"arn:aws:kinesis:us-east-2:123456789012:stream/logs\"}";

  private StreamEvents() {}

  /** The lines of the corpus, from the first one on, and over again when they are not enough. */
  public static List<byte[]> of(Lines lines) {
    var events = new ArrayList<byte[]>();
    for (int first = 0; first < RECORDS; first += RECORDS_OF_AN_EVENT) {
      events.add(event(lines, first));
    }
    return events;
  }

  private static byte[] event(Lines lines, int first) {
    var event = new ByteArrayOutputStream();
    event.writeBytes(ascii("{\"Records\":["));
    for (int record = first; record < first + RECORDS_OF_AN_EVENT; record++) {
      String data = Base64.getEncoder().encodeToString(lines.line(record % lines.count()));
      event.writeBytes(ascii(record == first ? "" : ","));
      event.writeBytes(ascii(RECORD.formatted(record, record, data, record)));
    }
    event.writeBytes(ascii("]}"));
    return event.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
