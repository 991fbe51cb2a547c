package dev.sluice.local.kinesis;

import dev.sluice.local.ServiceError;
import java.nio.ByteBuffer;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/**
 * Frames of SubscribeToShard's answer (content type {@value #CONTENT_TYPE}). The payload is always
 * JSON, whatever the request's format was.
 */
final class EventFrames {
  static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

  private static final Map<String, HeaderValue> INITIAL_RESPONSE =
      headers("event", ":event-type", "initial-response");
  private static final Map<String, HeaderValue> EVENT =
      headers("event", ":event-type", "SubscribeToShardEvent");

  private EventFrames() {}

  /** The first frame: SDKs complete the request's response with it. */
  static ByteBuffer initialResponse() {
    return frame(INITIAL_RESPONSE, Answer.EMPTY);
  }

  static ByteBuffer event(Shard shard, Shard.Batch batch) {
    return frame(
        EVENT,
        out -> {
          Structures.records(out, shard, batch.records());
          if (batch.endOfShard()) {
            // KCL reads "no continuation" as the end of the shard, and then wants children
            Structures.childShards(out, batch.children());
          } else {
            out.text("ContinuationSequenceNumber", shard.sequenceNumber(batch.last()));
          }
          out.number("MillisBehindLatest", batch.millisBehindLatest());
        });
  }

  static ByteBuffer exception(ServiceError error) {
    return frame(
        headers("exception", ":exception-type", error.type()),
        out -> out.text("message", error.getMessage()));
  }

  private static ByteBuffer frame(Map<String, HeaderValue> headers, Answer payload) {
    return new Message(headers, WireFormat.JSON.write(payload)).toByteBuffer();
  }

  private static Map<String, HeaderValue> headers(
      String messageType, String typeHeader, String type) {
    return Map.of(
        ":message-type",
        HeaderValue.fromString(messageType),
        typeHeader,
        HeaderValue.fromString(type),
        ":content-type",
        HeaderValue.fromString(WireFormat.JSON.contentType()));
  }
}
