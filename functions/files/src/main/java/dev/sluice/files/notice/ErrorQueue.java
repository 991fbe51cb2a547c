package dev.sluice.files.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.files.calls.ServiceFailure;
import dev.sluice.files.event.UploadEvent;
import dev.sluice.files.report.FileReport;
import dev.sluice.files.report.FileState;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A queue of files that failed. A message is an event of S3 with a member {@code sluice} beside it:
 * moved to the queue that the function reads, it makes the file be processed once more, as its next
 * attempt, however often it is moved.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html">
 *     StartMessageMoveTask</a>
 */
public record ErrorQueue(SqsClient sqs, String queueUrl) implements Notices {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public void tell(FileReport report) {
    if (report.state() == FileState.FAILED) {
      ServiceFailure.orThrow(
          "sqs:SendMessage",
          queueUrl,
          () -> sqs.sendMessage(send -> send.queueUrl(queueUrl).messageBody(body(report))));
    }
  }

  private static String body(FileReport report) {
    UploadEvent upload = report.upload();
    var text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeArrayFieldStart("Records");
      out.writeStartObject();
      out.writeStringField("eventVersion", "2.1");
      out.writeStringField("eventSource", "aws:s3");
      out.writeStringField("eventTime", upload.time().toString());
      out.writeStringField("eventName", "ObjectCreated:Put");
      out.writeObjectFieldStart("s3");
      out.writeStringField("s3SchemaVersion", "1.0");
      out.writeObjectFieldStart("bucket");
      out.writeStringField("name", upload.bucket());
      out.writeStringField("arn", "arn:aws:s3:::" + upload.bucket());
      out.writeEndObject();
      out.writeObjectFieldStart("object");
      out.writeStringField("key", URLEncoder.encode(upload.key(), UTF_8));
      out.writeNumberField("size", upload.bytes());
      out.writeStringField("eTag", upload.eTag());
      if (!upload.versionId().isEmpty()) {
        out.writeStringField("versionId", upload.versionId());
      }
      out.writeStringField("sequencer", upload.sequencer());
      out.writeEndObject();
      out.writeEndObject();
      out.writeObjectFieldStart("sluice");
      out.writeNumberField("attempt", upload.attempt() + 1);
      out.setHighestNonEscapedChar('~'); // SQS refuses some characters
      out.writeStringField("error", report.error());
      out.writeEndObject();
      out.writeEndObject();
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    return text.toString();
  }
}
