package dev.sluice.files;

import dev.sluice.files.calls.ServiceFailure;
import dev.sluice.files.event.UploadEvent;
import dev.sluice.files.report.FileKind;
import dev.sluice.files.report.FileReport;
import dev.sluice.files.report.FileState;
import dev.sluice.files.report.LogResult;
import dev.sluice.files.tracing.TracedStep;
import dev.sluice.files.tracing.Tracing;
import dev.sluice.invocation.TimeLeft;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;

/**
 * Reads the very upload that an event tells of, by its version or under its eTag, and does what its
 * kind asks for. Not thread-safe.
 */
final class UploadReader {
  private final S3Client s3;
  private final LogFiles logs;
  private final TextLog texts;
  private final int textLogBytes;
  private final Tracing tracing;
  private final InstantSource clock;

  /**
   * @param textLogBytes how much of a text is logged; 0 for nothing
   */
  UploadReader(
      S3Client s3,
      LogFiles logs,
      TextLog texts,
      int textLogBytes,
      Tracing tracing,
      InstantSource clock) {
    this.s3 = s3;
    this.logs = logs;
    this.texts = texts;
    this.textLogBytes = textLogBytes;
    this.tracing = tracing;
    this.clock = clock;
  }

  /** What was read. */
  private record Read(String contentType, Optional<LogResult> log) {}

  /** The file cannot be read, now or later. */
  private static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String why) {
      super(why);
    }
  }

  /**
   * Reads a file to its end.
   *
   * @param fresh whether the invocation has done nothing else yet
   * @param start when the work on it began
   * @throws RetryLaterException when it can help to read it again
   * @throws ServiceFailure likewise
   */
  FileReport read(UploadEvent upload, String requestId, TimeLeft time, boolean fresh, Instant start)
      throws RetryLaterException {
    FileKind kind = FileKind.of(upload.key());
    try {
      Read read =
          switch (kind) {
            case LOG -> readLog(upload, time, fresh);
            case TEXT -> textLogBytes > 0 ? readText(upload, requestId) : look(upload);
            case OTHER -> look(upload);
          };
      String broken = read.log().flatMap(LogResult::broken).orElse("");
      return report(upload, kind, read, broken, start);
    } catch (UnreadableException e) {
      return report(upload, kind, new Read("", Optional.empty()), e.getMessage(), start);
    }
  }

  private FileReport report(
      UploadEvent upload, FileKind kind, Read read, String error, Instant start) {
    Instant now = clock.instant();
    return new FileReport(
        upload,
        kind,
        error.isEmpty() ? FileState.DONE : FileState.FAILED,
        read.contentType(),
        error,
        now,
        Duration.between(start, now),
        read.log());
  }

  private Read readLog(UploadEvent upload, TimeLeft time, boolean fresh)
      throws RetryLaterException, UnreadableException {
    ResponseInputStream<GetObjectResponse> object = get(upload);
    boolean whole = false;
    try {
      LogResult log = logs.run(upload, object, object.response().contentLength(), time, fresh);
      whole = log.broken().isEmpty();
      return new Read(contentType(object.response().contentType()), Optional.of(log));
    } catch (ServiceFailure failure) {
      if (failure.isRefused()) {
        throw new UnreadableException(failure.getMessage());
      }
      throw failure;
    } finally {
      if (!whole) {
        object.abort(); // or it would be read to its end
      }
    }
  }

  private Read readText(UploadEvent upload, String requestId)
      throws RetryLaterException, UnreadableException {
    ResponseInputStream<GetObjectResponse> object = get(upload);
    try {
      texts.write(upload, requestId, object.readNBytes(textLogBytes));
    } catch (IOException e) {
      throw new RetryLaterException("reading the file broke off: " + e.getClass().getSimpleName());
    } finally {
      object.abort();
    }
    return new Read(contentType(object.response().contentType()), Optional.empty());
  }

  /** A file of which only its metadata matters. */
  private Read look(UploadEvent upload) throws UnreadableException {
    HeadObjectRequest.Builder head =
        HeadObjectRequest.builder().bucket(upload.bucket()).key(upload.key());
    if (upload.versionId().isEmpty()) {
      head.ifMatch(quoted(upload.eTag()));
    } else {
      head.versionId(upload.versionId());
    }
    return new Read(
        contentType(ofFile(upload, () -> s3.headObject(head.build()).contentType())),
        Optional.empty());
  }

  private ResponseInputStream<GetObjectResponse> get(UploadEvent upload)
      throws UnreadableException {
    GetObjectRequest.Builder get =
        GetObjectRequest.builder().bucket(upload.bucket()).key(upload.key());
    if (upload.versionId().isEmpty()) {
      get.ifMatch(quoted(upload.eTag()));
    } else {
      get.versionId(upload.versionId());
    }
    try (TracedStep step = tracing.step("get")) {
      step.put("bytes", upload.bytes());
      return ofFile(upload, () -> s3.getObject(get.build()));
    }
  }

  private static String quoted(String eTag) {
    return '"' + eTag + '"';
  }

  private static String contentType(String told) {
    return told == null ? "" : told;
  }

  private static <T> T ofFile(UploadEvent upload, Supplier<T> call) throws UnreadableException {
    String action = upload.versionId().isEmpty() ? "s3:GetObject" : "s3:GetObjectVersion";
    try {
      return ServiceFailure.orThrow(
          action, "arn:aws:s3:::" + upload.bucket() + '/' + upload.key(), call);
    } catch (ServiceFailure failure) {
      if (failure.isNotFound()) {
        throw new UnreadableException("it was gone before it could be read");
      }
      if (failure.isPreconditionFailed()) {
        throw new UnreadableException("another upload took its place before it could be read");
      }
      if (failure.isRefused()) {
        throw new UnreadableException(failure.getMessage());
      }
      throw failure;
    }
  }
}
