package dev.sluice.files.notice;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.files.event.UploadEvent;
import dev.sluice.files.report.FileReport;
import dev.sluice.files.report.LogResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * What is told about a file that is done, or failed: numbers, names and one sentence, a few
 * kilobytes at most.
 *
 * @param subject fewer than 100 characters of ASCII, without line ends: SNS takes no other
 * @param body JSON in ASCII
 */
record Notice(String subject, String body) {
  private static final int MAX_SUBJECT_CHARS = 99;
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Beyond it all characters are escaped: those that break lines or that SQS refuses among them.
   */
  private static final int LAST_PLAIN_CHARACTER = '~';

  static Notice of(FileReport report) {
    UploadEvent upload = report.upload();
    return new Notice(subject(report), body(report, upload));
  }

  private static String subject(FileReport report) {
    String name = report.upload().fileName().replaceAll("[^ -~]", "?");
    String subject = "Sluice: " + report.state() + " " + name;
    return subject.substring(0, Math.min(MAX_SUBJECT_CHARS, subject.length())).strip();
  }

  private static String body(FileReport report, UploadEvent upload) {
    var text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.setHighestNonEscapedChar(LAST_PLAIN_CHARACTER);
      out.writeStartObject();
      out.writeStringField("state", report.state().name());
      out.writeStringField("bucket", upload.bucket());
      out.writeStringField("file", upload.key());
      out.writeStringField("upload", upload.uploadId());
      if (!upload.versionId().isEmpty()) {
        out.writeStringField("version_id", upload.versionId());
      }
      out.writeStringField("etag", upload.eTag());
      out.writeNumberField("bytes", upload.bytes());
      out.writeStringField("upload_time", upload.time().toString());
      out.writeStringField("kind", report.kind().label());
      out.writeStringField("processed_time", report.processed().toString());
      out.writeNumberField("processing_ms", report.took().toMillis());
      if (report.log().isPresent()) {
        write(report.log().get(), out);
      }
      if (!report.error().isEmpty()) {
        out.writeStringField("error", report.error());
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    return text.toString();
  }

  private static void write(LogResult log, JsonGenerator out) throws IOException {
    out.writeNumberField("lines", log.counts().in());
    out.writeNumberField("enriched", log.enriched());
    out.writeNumberField("dropped", log.counts().dropped());
    out.writeNumberField("rejected", log.counts().rejected());
    out.writeStringField("output_bucket", log.outputBucket());
    out.writeStringField("output_key", log.outputKey());
    if (log.rejectsKey().isPresent()) {
      out.writeStringField("rejects_key", log.rejectsKey().get());
    }
    out.writeStringField("summary_key", log.summaryKey());
  }
}
