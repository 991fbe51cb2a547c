package dev.sluice.local.firehose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.local.ServiceError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of a put, within the bounds of the service (Amazon Data Firehose API reference,
 * PutRecordBatch). Messages are the service's.
 */
final class PutInput {

  static final int RECORDS_MAX = 500;

  /** 1,000 KiB before base64. */
  static final int RECORD_BYTES_MAX = 1_024_000;

  /** 4 MiB of all records together, before base64. */
  static final int BATCH_BYTES_MAX = 4 << 20;

  private static final int NAME_LENGTH_MAX = 64;
  private static final String NOT_NULL = "Member must not be null";

  private PutInput() {}

  static String streamName(JsonNode input) {
    String member = "deliveryStreamName";
    JsonNode name = input.path("DeliveryStreamName");
    if (!name.isTextual()) {
      throw ServiceError.validation(List.of(ServiceError.violation(null, member, NOT_NULL)));
    }
    String text = name.textValue();
    if (text.isEmpty() || text.length() > NAME_LENGTH_MAX) {
      throw ServiceError.validation(
          List.of(
              ServiceError.violation(
                  text,
                  member,
                  "Member must have length between 1 and " + NAME_LENGTH_MAX + ", inclusive")));
    }
    return text;
  }

  static byte[] record(JsonNode input) {
    var violations = new ArrayList<String>();
    byte[] data = data(input.path("Record"), "record", violations);
    requireNone(violations);
    return data;
  }

  static List<byte[]> records(JsonNode input) {
    JsonNode records = input.path("Records");
    if (!records.isArray()) {
      throw ServiceError.validation(List.of(ServiceError.violation(null, "records", NOT_NULL)));
    }
    if (records.isEmpty() || records.size() > RECORDS_MAX) {
      throw ServiceError.validation(
          List.of(
              ServiceError.violation(
                  "[" + records.size() + " records]",
                  "records",
                  records.isEmpty()
                      ? "Member must have length greater than or equal to 1"
                      : "Member must have length less than or equal to " + RECORDS_MAX)));
    }
    var violations = new ArrayList<String>();
    var all = new ArrayList<byte[]>(records.size());
    long bytes = 0;
    for (JsonNode each : records) {
      byte[] data = data(each, "records." + (all.size() + 1) + ".member", violations);
      all.add(data);
      bytes += data.length;
    }
    requireNone(violations);
    if (bytes > BATCH_BYTES_MAX) {
      throw ServiceError.invalidArgument("Records size exceeds 4 MB limit");
    }
    return all;
  }

  private static byte[] data(JsonNode record, String member, List<String> violations) {
    JsonNode value = record.path("Data");
    if (value.isMissingNode() || value.isNull()) {
      violations.add(ServiceError.violation(null, member + ".data", NOT_NULL));
      return new byte[0];
    }
    byte[] data = decode(value);
    if (data.length > RECORD_BYTES_MAX) {
      violations.add(
          ServiceError.violation(
              "java.nio.HeapByteBuffer[pos=0 lim=" + data.length + " cap=" + data.length + "]",
              member + ".data",
              "Member must have length less than or equal to " + RECORD_BYTES_MAX));
    }
    return data;
  }

  private static byte[] decode(JsonNode value) {
    try {
      if (value.isTextual()) {
        return value.binaryValue();
      }
    } catch (IOException noBase64) {
      // told below
    }
    throw ServiceError.serialization("Data is not a blob.");
  }

  private static void requireNone(List<String> violations) {
    if (!violations.isEmpty()) {
      throw ServiceError.validation(violations);
    }
  }
}
