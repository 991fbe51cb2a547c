package dev.sluice.functions.fanout.enrich;

import dev.sluice.enricher.gzip.GzipStream;
import dev.sluice.functions.fanout.Books;
import dev.sluice.functions.fanout.event.StreamBatch;
import dev.sluice.functions.fanout.sending.Calls;
import dev.sluice.functions.fanout.sending.NotSentException;
import dev.sluice.invocation.TimeLeft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The objects of a batch: rejected lines first, where there are any, then the enriched ones, which
 * name them. Not thread-safe.
 */
final class BatchObjects {
  private static final String KEY_START = "sluice-";

  private final ObjectPut s3;
  private final ObjectKeys keys;
  private final int gzipLevel;
  private final Calls calls;

  BatchObjects(ObjectPut s3, ObjectKeys keys, int gzipLevel, Calls calls) {
    this.s3 = s3;
    this.keys = keys;
    this.gzipLevel = gzipLevel;
    this.calls = calls;
  }

  /**
   * Puts the first {@code records} records of the batch.
   *
   * @param withEnriched false when only rejected lines go to S3
   * @return compressed bytes
   */
  long put(
      StreamBatch batch, EnrichedBatch enriched, int records, boolean withEnriched, TimeLeft time)
      throws NotSentException {
    long bytes = 0;
    int rejectsEnd = enriched.rejectsEnd(records);
    Map<String, String> metadata = metadata(batch, enriched.books(records), records);
    if (rejectsEnd > 0) {
      String key = keys.rejects(batch, records);
      bytes += put(key, gzip(enriched.rejects(), rejectsEnd), Map.of(), time);
      metadata.put(KEY_START + "rejects-key", key);
    }
    if (withEnriched) {
      // Also without a line: an object of a try before may stand there.
      byte[] lines = gzip(enriched.json(), enriched.jsonEnd(records));
      bytes += put(keys.enriched(batch), lines, metadata, time);
    }
    return bytes;
  }

  /** The first {@code length} bytes, compressed; a valid gzip also when there is none. */
  private byte[] gzip(byte[] text, int length) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = GzipStream.of(packed, gzipLevel)) {
      gzip.write(text, 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory only: it cannot happen
    }
    return packed.toByteArray();
  }

  private long put(String key, byte[] object, Map<String, String> metadata, TimeLeft time)
      throws NotSentException {
    calls.call(
        "PutObject",
        time,
        () -> {
          s3.put(key, object, metadata);
          return key;
        });
    return object.length;
  }

  private Map<String, String> metadata(StreamBatch batch, Books books, int records) {
    var metadata = new LinkedHashMap<String, String>();
    metadata.put(KEY_START + "application", keys.application());
    metadata.put(KEY_START + "stream", batch.stream());
    metadata.put(KEY_START + "shard", batch.shardId());
    metadata.put(KEY_START + "first", batch.first().sequenceNumber());
    metadata.put(KEY_START + "last", batch.last(records));
    metadata.put(KEY_START + "records", Integer.toString(records));
    metadata.put(KEY_START + "in", Long.toString(books.in()));
    metadata.put(KEY_START + "enriched", Long.toString(books.enriched()));
    metadata.put(KEY_START + "enriched-with-warnings", Long.toString(books.enrichedWithWarnings()));
    metadata.put(KEY_START + "dropped", Long.toString(books.dropped()));
    metadata.put(KEY_START + "rejected", Long.toString(books.rejected()));
    return metadata;
  }
}
