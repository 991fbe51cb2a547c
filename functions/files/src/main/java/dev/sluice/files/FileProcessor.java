package dev.sluice.files;

import dev.sluice.files.calls.ServiceFailure;
import dev.sluice.files.event.UploadEvent;
import dev.sluice.files.notice.Notices;
import dev.sluice.files.report.FileReport;
import dev.sluice.files.report.FileState;
import dev.sluice.files.report.LogResult;
import dev.sluice.files.store.Claims;
import dev.sluice.files.store.FileTable;
import dev.sluice.files.tracing.TracedStep;
import dev.sluice.files.tracing.Tracing;
import dev.sluice.invocation.TimeLeft;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Does everything about one upload, once: output, summary, item, notice, and only then is it
 * remembered as done. Whatever breaks off in between is done again from the beginning, and puts its
 * own in place of what is there. Not thread-safe.
 */
final class FileProcessor {
  private final UploadReader reader;
  private final FileTable table;
  private final Claims claims;
  private final Notices notices;
  private final Tracing tracing;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** What became of an event. */
  enum Result {
    DONE,
    FAILED,
    DELETED,
    /** It was done before. */
    REPEATED,
    /** Somebody else is doing it: it has to come again, in case that one breaks off. */
    BUSY,
    /** It has to come again. */
    LATER
  }

  /**
   * What became of an event.
   *
   * @param log of a log that was read
   * @param trouble why it failed, or has to come again; empty otherwise
   */
  record Processed(Result result, Optional<LogResult> log, String trouble) {
    static Processed of(Result result, String trouble) {
      return new Processed(result, Optional.empty(), trouble);
    }

    /** Whether the event has to come again. */
    boolean comesAgain() {
      return result == Result.BUSY || result == Result.LATER;
    }
  }

  /**
   * @param random tells one owner of an upload from the next
   */
  FileProcessor(
      UploadReader reader,
      FileTable table,
      Claims claims,
      Notices notices,
      Tracing tracing,
      InstantSource clock,
      RandomGenerator random) {
    this.reader = reader;
    this.table = table;
    this.claims = claims;
    this.notices = notices;
    this.tracing = tracing;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Does what an event asks for. Throws for no file.
   *
   * @param fresh whether the invocation has done nothing else yet
   */
  Processed process(UploadEvent upload, String requestId, TimeLeft time, boolean fresh) {
    String owner = requestId + '-' + Long.toHexString(random.nextLong());
    try {
      if (upload.deletes()) {
        table.put(FileReport.of(upload, FileState.DELETED, "", clock.instant()));
        return Processed.of(Result.DELETED, "");
      }
      return switch (claims.take(upload.identity(), owner, time.remaining())) {
        case DONE -> Processed.of(Result.REPEATED, "");
        case BUSY -> Processed.of(Result.BUSY, "another invocation has this upload");
        case TAKEN -> processOwn(upload, owner, requestId, time, fresh);
      };
    } catch (ServiceFailure failure) {
      return Processed.of(Result.LATER, failure.getMessage());
    }
  }

  private Processed processOwn(
      UploadEvent upload, String owner, String requestId, TimeLeft time, boolean fresh) {
    boolean done = false;
    try {
      Instant start = clock.instant();
      table.put(FileReport.of(upload, FileState.PROCESSING, "", start));
      FileReport report = reader.read(upload, requestId, time, fresh, start);
      table.put(report);
      try (TracedStep step = tracing.step("notify")) {
        step.put("attempt", upload.attempt());
        notices.tell(report);
      }
      claims.complete(upload.identity(), owner);
      done = true;
      Result result = report.state() == FileState.DONE ? Result.DONE : Result.FAILED;
      return new Processed(result, report.log(), report.error());
    } catch (RetryLaterException | ServiceFailure later) {
      tellWaiting(upload, later.getMessage());
      return Processed.of(Result.LATER, later.getMessage());
    } finally {
      if (!done) {
        giveBack(upload, owner);
      }
    }
  }

  /** So that whoever looks sees why it is not done yet. */
  private void tellWaiting(UploadEvent upload, String why) {
    try {
      String error = "It will be tried again: " + why;
      table.put(FileReport.of(upload, FileState.PROCESSING, error, clock.instant()));
    } catch (ServiceFailure notTold) {
      // the first failure is the one to tell
    }
  }

  private void giveBack(UploadEvent upload, String owner) {
    try {
      claims.giveBack(upload.identity(), owner);
    } catch (ServiceFailure kept) {
      // then it is free when this invocation's time is over
    }
  }
}
