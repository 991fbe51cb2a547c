package dev.sluice.files.report;

import dev.sluice.files.event.UploadEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that is known of an upload.
 *
 * @param contentType empty while nobody has asked for it
 * @param error one sentence for people, without anything of the content; empty when all is well
 * @param processed when its state came to be
 * @param took time of the work; zero before its end
 * @param log empty of a file that is no log, or could not be opened
 */
public record FileReport(
    UploadEvent upload,
    FileKind kind,
    FileState state,
    String contentType,
    String error,
    Instant processed,
    Duration took,
    Optional<LogResult> log) {

  private static final int MAX_ERROR_CHARS = 1_000;

  public FileReport {
    error = error.length() <= MAX_ERROR_CHARS ? error : error.substring(0, MAX_ERROR_CHARS);
  }

  /** An upload that nothing is known of but its event. */
  public static FileReport of(UploadEvent upload, FileState state, String error, Instant now) {
    return new FileReport(
        upload, FileKind.of(upload.key()), state, "", error, now, Duration.ZERO, Optional.empty());
  }
}
