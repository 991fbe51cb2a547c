package dev.sluice.firehose.partition;

import dev.sluice.enricher.EnrichedLine;
import dev.sluice.enricher.OutputBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * The partition keys of one record after another. Firehose wants one value of each key for a
 * record, however many lines it holds: where they differ the value is {@value #MIXED}, but the
 * first line alone tells the time. Not thread-safe.
 */
public final class Partitions {
  /** Value of a key on which the lines of a record differ. */
  static final String MIXED = "mixed";

  private final List<PartitionKey> keys;
  private final PartitionValues values;
  private final PartitionGuard guard;
  private final String[] current;
  private boolean any;
  private long bounded;

  public Partitions(PartitionSettings settings, InstantSource clock) {
    keys = settings.keys();
    values = new PartitionValues(settings.zone());
    guard = new PartitionGuard(settings, clock);
    current = new String[keys.size()];
  }

  /** Whether records have keys at all. */
  public boolean areOn() {
    return !keys.isEmpty();
  }

  public void beginEvent() {
    if (areOn()) {
      guard.beginEvent();
    }
    bounded = 0;
  }

  /** Records of this event whose values had to give way to the bound. */
  public long bounded() {
    return bounded;
  }

  public void beginRecord() {
    any = false;
  }

  /** Takes an enriched line of the record. */
  public void add(EnrichedLine line) {
    for (int i = 0; i < current.length; i++) {
      PartitionKey key = keys.get(i);
      if (!any) {
        current[i] = values.of(key, line);
      } else if (!key.isTime() && !values.of(key, line).equals(current[i])) {
        current[i] = MIXED;
      }
    }
    any = true;
  }

  /** Appends the member {@code metadata} of the record, after a comma; nothing when off. */
  public void append(OutputBuffer out) {
    if (!areOn()) {
      return;
    }
    if (!any) {
      Arrays.fill(current, PartitionValues.UNKNOWN);
    }
    if (guard.bound(current)) {
      bounded++;
    }
    var json = new StringBuilder(",\"metadata\":{\"partitionKeys\":{");
    for (int i = 0; i < current.length; i++) {
      json.append(i == 0 ? "\"" : ",\"").append(keys.get(i).key());
      json.append("\":\"").append(current[i]).append('"'); // fit for an object key: all plain
    }
    out.append(json.append("}}").toString().getBytes(StandardCharsets.US_ASCII));
  }
}
