package dev.sluice.lookups;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what became of the distinct keys of each batch: {@code keys = cached + found + absent +
 * failed + late + not_asked}. Only ever grows. Thread-safe.
 */
public final class LookupCounts {
  /** What became of a key. */
  public enum Result {
    /** The cache had an answer, be it that there is nothing. */
    CACHED,
    /** The source had something. */
    FOUND,
    /** The source had nothing. */
    ABSENT,
    /** The source could not say. */
    FAILED,
    /** Nothing came before the deadline. */
    LATE,
    /** The circuit breaker was open. */
    NOT_ASKED;

    /** The word in metrics, such as {@code not_asked}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String source;
  private final LongAdder[] keys = new LongAdder[Result.values().length];
  private final LongAdder calls = new LongAdder();
  private final LongAdder batches = new LongAdder();

  LookupCounts(String source) {
    this.source = source;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = new LongAdder();
    }
  }

  /** {@code reverse_dns} or {@code reference}. */
  public String source() {
    return source;
  }

  /** Distinct keys of all batches that ended so. */
  public long keys(Result result) {
    return keys[result.ordinal()].sum();
  }

  /** Calls that were made to the source. */
  public long calls() {
    return calls.sum();
  }

  /** Batches that had any key. */
  public long batches() {
    return batches.sum();
  }

  void batch() {
    batches.increment();
  }

  void call() {
    calls.increment();
  }

  void cached() {
    keys[Result.CACHED.ordinal()].increment();
  }

  void add(Answer.State state) {
    Result result =
        switch (state) {
          case FOUND -> Result.FOUND;
          case ABSENT -> Result.ABSENT;
          case FAILED -> Result.FAILED;
          case LATE -> Result.LATE;
          case NOT_ASKED -> Result.NOT_ASKED;
        };
    keys[result.ordinal()].increment();
  }
}
