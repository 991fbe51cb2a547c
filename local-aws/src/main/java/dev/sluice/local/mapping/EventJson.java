package dev.sluice.local.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.local.lambda.LocalLambda;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** An event around records that are JSON already. */
final class EventJson {

  /** What records of one event may have together: a byte less than the limit, without the frame. */
  static final int RECORDS_BYTES_MAX =
      LocalLambda.REQUEST_BYTES_LIMIT - 1 - of(List.of(), "").length;

  private EventJson() {}

  /** What a record takes of {@link #RECORDS_BYTES_MAX}: itself and a comma. */
  static int bytes(byte[] record) {
    return record.length + 1;
  }

  /**
   * @param members of the event behind its records, each with a comma before it
   */
  static byte[] of(List<byte[]> records, String members) {
    var event = new ByteArrayOutputStream();
    event.writeBytes("{\"Records\":[".getBytes(UTF_8));
    for (int i = 0; i < records.size(); i++) {
      if (i > 0) {
        event.write(',');
      }
      event.writeBytes(records.get(i));
    }
    event.write(']');
    event.writeBytes(members.getBytes(UTF_8));
    event.write('}');
    return event.toByteArray();
  }
}
