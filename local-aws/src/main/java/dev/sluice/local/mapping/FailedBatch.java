package dev.sluice.local.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A batch that is given up.
 *
 * @param records none when a window could not be ended
 * @param condition why
 * @param invocations how often the function had it
 * @param functionError whether the last of them gave an error, and not a report of failed items
 */
record FailedBatch(
    String shardId,
    List<SourceRecord> records,
    String condition,
    int invocations,
    boolean functionError) {

  static final String RETRY_ATTEMPTS_EXHAUSTED = "RetryAttemptsExhausted";
  static final String RECORD_AGE_EXCEEDED = "RecordAgeExceeded";

  private static final JsonFactory JSON = new JsonFactory();

  /** The message about it (AWS Lambda, "Retain discarded batch records"), without the records. */
  String json(ShardedStream stream, MappedFunction function, UUID requestId, Instant now) {
    var text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeObjectFieldStart("requestContext");
      out.writeStringField("requestId", requestId.toString());
      out.writeStringField("functionArn", function.arn());
      out.writeStringField("condition", condition);
      out.writeNumberField("approximateInvokeCount", invocations);
      out.writeEndObject();
      if (invocations > 0) {
        out.writeObjectFieldStart("responseContext");
        out.writeNumberField("statusCode", 200);
        out.writeStringField("executedVersion", "$LATEST");
        if (functionError) {
          out.writeStringField("functionError", "Unhandled");
        }
        out.writeEndObject();
      }
      out.writeStringField("version", "1.0");
      out.writeStringField("timestamp", now.toString());
      out.writeObjectFieldStart(stream.batchInfo());
      out.writeStringField("shardId", shardId);
      if (!records.isEmpty()) {
        SourceRecord first = records.get(0);
        SourceRecord last = records.get(records.size() - 1);
        out.writeStringField("startSequenceNumber", first.sequenceNumber());
        out.writeStringField("endSequenceNumber", last.sequenceNumber());
        out.writeStringField("approximateArrivalOfFirstRecord", first.arrival().toString());
        out.writeStringField("approximateArrivalOfLastRecord", last.arrival().toString());
      }
      out.writeNumberField("batchSize", records.size());
      out.writeStringField("streamArn", stream.arn());
      out.writeEndObject();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }
}
