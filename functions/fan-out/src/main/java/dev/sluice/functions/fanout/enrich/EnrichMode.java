package dev.sluice.functions.fanout.enrich;

import dev.sluice.functions.fanout.BatchMode;
import dev.sluice.functions.fanout.Books;
import dev.sluice.functions.fanout.LineWork;
import dev.sluice.functions.fanout.RecordLines;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.event.StreamRecord;
import dev.sluice.functions.fanout.sending.Calls;
import dev.sluice.functions.fanout.sending.NotSentException;
import dev.sluice.invocation.InvocationLine;
import dev.sluice.invocation.TimeLeft;
import java.util.Optional;

/**
 * Enriches a batch, sends its lines into the second stream, if there is one, then puts its objects.
 * Not thread-safe.
 */
public final class EnrichMode implements BatchMode {
  private final String application;
  private final RecordLines lines;
  private final Optional<StreamLines> stream;
  private final BatchObjects objects;
  private final boolean linesToS3;
  private final EnrichedBatch enriched = new EnrichedBatch();

  /**
   * @param stream where lines go too; empty for S3 alone
   * @param calls how objects are put
   */
  public EnrichMode(
      EnrichSettings settings,
      LineWork work,
      ObjectPut s3,
      Optional<StreamLines> stream,
      Calls calls) {
    application = settings.application();
    lines = new RecordLines(work);
    this.stream = stream;
    linesToS3 = settings.linesToS3();
    objects =
        new BatchObjects(
            s3,
            new ObjectKeys(settings.outputPrefix(), application, settings.partitionZone()),
            settings.gzipLevel(),
            calls);
  }

  @Override
  public Done process(StreamBatch batch, TimeLeft time, InvocationLine line) {
    enriched.begin(batch, application);
    lines.lookUp(batch, time.remaining().dividedBy(2));
    for (StreamRecord record : batch.records()) {
      if (time.isShort()) {
        break;
      }
      lines.enrich(batch, record, sub -> enriched.payload(record, sub));
      enriched.endRecord();
    }
    line.count("corrupt_aggregates", lines.takeCorruptAggregates());
    if (enriched.records() == 0) {
      return Done.of(0, Books.NONE);
    }
    return write(batch, time, line);
  }

  private Done write(StreamBatch batch, TimeLeft time, InvocationLine line) {
    int records = enriched.records();
    Optional<String> trouble = Optional.empty();
    if (stream.isPresent()) {
      StreamLines.Sent sent = stream.get().send(enriched, time);
      line.count("lines_sent", sent.lines()).count("lines_too_large", sent.tooLarge());
      records = sent.records();
      trouble = sent.trouble();
    }
    if (records > 0) {
      try {
        line.bytes("object_bytes", objects.put(batch, enriched, records, linesToS3, time));
      } catch (NotSentException notPut) {
        return Done.troubled(0, Books.NONE, notPut);
      }
    }
    return new Done(records, enriched.books(records), trouble);
  }
}
