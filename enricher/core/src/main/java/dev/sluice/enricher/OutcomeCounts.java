package dev.sluice.enricher;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many lines had which outcome. Immutable; {@code in = enriched + enrichedWithWarnings +
 * dropped + rejected}.
 *
 * @param rejectedByReason only reasons that occurred
 */
public record OutcomeCounts(
    long enriched,
    long enrichedWithWarnings,
    long dropped,
    Map<RejectReason, Long> rejectedByReason) {

  public static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, Map.of());

  public OutcomeCounts {
    var copy = new EnumMap<RejectReason, Long>(RejectReason.class);
    copy.putAll(rejectedByReason);
    rejectedByReason = Collections.unmodifiableMap(copy);
  }

  /** Lines that had any outcome. */
  public long in() {
    return enriched + enrichedWithWarnings + dropped + rejected();
  }

  public long rejected() {
    long sum = 0;
    for (long count : rejectedByReason.values()) {
      sum += count;
    }
    return sum;
  }

  public long rejected(RejectReason reason) {
    return rejectedByReason.getOrDefault(reason, 0L);
  }

  public OutcomeCounts plus(OutcomeCounts other) {
    return new Builder().add(this).add(other).build();
  }

  /** Counts up. Not thread-safe. */
  public static final class Builder {
    private long enriched;
    private long enrichedWithWarnings;
    private long dropped;
    private final long[] rejected = new long[RejectReason.values().length];

    public Builder add(Outcome outcome) {
      switch (outcome.code()) {
        case ENRICHED -> enriched++;
        case ENRICHED_WITH_WARNINGS -> enrichedWithWarnings++;
        case DROPPED -> dropped++;
        case REJECTED -> rejected[((Outcome.Rejected) outcome).reason().ordinal()]++;
      }
      return this;
    }

    public Builder add(OutcomeCounts counts) {
      enriched += counts.enriched;
      enrichedWithWarnings += counts.enrichedWithWarnings;
      dropped += counts.dropped;
      counts.rejectedByReason.forEach((reason, count) -> rejected[reason.ordinal()] += count);
      return this;
    }

    public OutcomeCounts build() {
      var byReason = new EnumMap<RejectReason, Long>(RejectReason.class);
      for (RejectReason reason : RejectReason.values()) {
        if (rejected[reason.ordinal()] > 0) {
          byReason.put(reason, rejected[reason.ordinal()]);
        }
      }
      return new OutcomeCounts(enriched, enrichedWithWarnings, dropped, byReason);
    }
  }
}
