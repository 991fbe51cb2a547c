package dev.sluice.files;

import dev.sluice.files.event.UploadEvent;
import dev.sluice.files.log.BrokenContentException;
import dev.sluice.files.log.LineBlocks;
import dev.sluice.files.log.LineOutcomes;
import dev.sluice.files.log.LineWork;
import dev.sluice.files.log.LogContent;
import dev.sluice.files.log.SourceBrokenException;
import dev.sluice.files.output.LogObjects;
import dev.sluice.files.output.OutputKeys;
import dev.sluice.files.report.LogResult;
import dev.sluice.files.summary.SummaryDocument;
import dev.sluice.files.tracing.TracedStep;
import dev.sluice.files.tracing.Tracing;
import dev.sluice.invocation.TimeLeft;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** Streams logs through the enricher, in memory that does not depend on their size. */
public final class LogFiles {
  private final FilesSettings settings;
  private final Supplier<LineWork> newWork;
  private final S3Client s3;
  private final Tracing tracing;
  private final Executor background;

  /**
   * @param newWork for one file, so that what one does not change the answers about another
   * @param background runs what is sent while lines are enriched
   */
  public LogFiles(
      FilesSettings settings,
      Supplier<LineWork> newWork,
      S3Client s3,
      Tracing tracing,
      Executor background) {
    this.settings = settings;
    this.newWork = newWork;
    this.s3 = s3;
    this.tracing = tracing;
    this.background = background;
  }

  /**
   * Enriches a log. Of one that is broken the lines before the break are kept.
   *
   * @param object its bytes
   * @param length how many
   * @param fresh whether the invocation has done nothing else yet: a log for which its time is too
   *     short will never be done
   * @throws RetryLaterException when it can help to read it again
   * @throws dev.sluice.files.calls.ServiceFailure when its output was not taken
   */
  LogResult run(UploadEvent upload, InputStream object, long length, TimeLeft time, boolean fresh)
      throws RetryLaterException {
    OutputKeys keys = OutputKeys.of(settings.outputPrefix(), upload);
    String bucket = settings.outputBucket();
    try (var objects = new LogObjects(s3, bucket, keys, settings.gzipLevel(), background)) {
      var lines =
          new LineOutcomes(
              newWork.get(),
              upload.bucket() + '/' + upload.key() + '#' + upload.uploadId(),
              settings.enricher().maxLineBytes(),
              objects::enriched,
              objects::rejected);
      Optional<String> broken;
      try (TracedStep step = tracing.step("enrich")) {
        broken = read(upload, object, length, lines, time, fresh);
        lines.flush();
        step.put("lines", lines.lines());
        broken.ifPresent(step::failed);
      }
      try (TracedStep step = tracing.step("put")) {
        step.put("lines_rejected", lines.counts().rejected());
        objects.finish(SummaryDocument.of(lines.summary()));
      }
      return new LogResult(
          lines.counts(), bucket, keys.enriched(), objects.rejectsKey(), keys.summary(), broken);
    } catch (SourceBrokenException e) {
      throw new RetryLaterException("reading the file broke off: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory
    }
  }

  /** Why it was not read to its end; empty when it was. */
  private Optional<String> read(
      UploadEvent upload,
      InputStream object,
      long length,
      LineOutcomes lines,
      TimeLeft time,
      boolean fresh)
      throws IOException, RetryLaterException {
    LogContent content;
    try {
      content = LogContent.open(upload.fileName(), object, length, settings.maxUnpackedBytes());
    } catch (BrokenContentException broken) {
      return Optional.of(broken.getMessage());
    }
    try {
      var blocks = new LineBlocks(content, settings.enricher().maxLineBytes());
      while (blocks.next()) {
        if (time.isShort()) {
          if (!fresh) {
            throw new RetryLaterException("there was no time left for the whole file");
          }
          throw new BrokenContentException("it is too long for the time of one invocation");
        }
        lines.take(blocks, time.remaining().dividedBy(2));
      }
      return Optional.empty();
    } catch (BrokenContentException broken) {
      return Optional.of(
          broken.getMessage()
              + ", after line "
              + lines.lines()
              + " and "
              + content.packedBytes()
              + " of "
              + length
              + " bytes");
    }
  }
}
