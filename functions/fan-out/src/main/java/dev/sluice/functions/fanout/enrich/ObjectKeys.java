package dev.sluice.functions.fanout.enrich;

import dev.sluice.functions.fanout.event.StreamBatch;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Where the objects of a batch lie. A batch that comes again begins with the same record, whether
 * it is the whole, a half of it or one that was put together anew; so it finds its own object and
 * puts another in its place.
 *
 * @param prefix folder in the bucket
 * @param application folder in it
 * @param zone of the time folders
 */
record ObjectKeys(String prefix, String application, ZoneId zone) {
  private static final String SUFFIX = ".ndjson.gz";
  private static final DateTimeFormatter TIME_FOLDER =
      DateTimeFormatter.ofPattern("'dt='yyyy-MM-dd'/hr='HH", Locale.ROOT);

  /** Key of the enriched lines. */
  String enriched(StreamBatch batch) {
    return folder("", batch) + batch.first().sequenceNumber() + SUFFIX;
  }

  /**
   * Key of the rejected lines of the first {@code records} records; it counts only if the object of
   * the enriched lines names it.
   */
  String rejects(StreamBatch batch, int records) {
    return folder("rejects/", batch)
        + batch.first().sequenceNumber()
        + '-'
        + batch.last(records)
        + SUFFIX;
  }

  /** The time is that of the first record's arrival, the same whenever it comes. */
  private String folder(String kind, StreamBatch batch) {
    Instant arrival = Instant.ofEpochMilli(batch.first().arrivalMillis());
    return prefix
        + '/'
        + application
        + '/'
        + kind
        + batch.stream()
        + '/'
        + TIME_FOLDER.format(ZonedDateTime.ofInstant(arrival, zone))
        + '/'
        + batch.shardId()
        + '/';
  }
}
